CREATE TEMPORARY TABLE lines (
  EventID INT, Channel STRING, UtcTime STRING, Hostname STRING,
  Image STRING, QueryName STRING, QueryStatus STRING, QueryResults STRING
) WITH (
  'connector' = 'filesystem',
  'path'      = 'file://${input}',
  'format'    = 'json'
)
