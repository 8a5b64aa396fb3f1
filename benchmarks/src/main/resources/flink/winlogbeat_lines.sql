CREATE TEMPORARY TABLE lines (
  `@timestamp` STRING,
  winlog ROW<event_id STRING, channel STRING, computer_name STRING,
             event_data ROW<Image STRING, QueryName STRING, QueryStatus STRING, QueryResults STRING>>
) WITH (
  'connector' = 'filesystem',
  'path'      = 'file://${input}',
  'format'    = 'json'
)
