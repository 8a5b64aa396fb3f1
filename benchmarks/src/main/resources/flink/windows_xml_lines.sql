CREATE TEMPORARY TABLE lines (
  line STRING
) WITH (
  'connector' = 'filesystem',
  'path'      = 'file://${input}',
  'format'    = 'raw'
)
