-- A line of JSON for each record that could not be read.
CREATE TEMPORARY TABLE dead_letter (
  error_type      STRING,
  error_message   STRING,
  `source`        STRING,
  `position`      BIGINT,
  raw_payload     BYTES,
  ingestion_time  TIMESTAMP_LTZ(3)
) WITH (
  'connector'                      = 'console',
  'name'                           = 'dead_letter',
  'format'                         = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
)
