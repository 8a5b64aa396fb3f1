-- A line of JSON for each record that could not be read.
CREATE TEMPORARY TABLE dead_letter (
  error_type      STRING,
  error_message   STRING,
  `source`        STRING,
  `position`      BIGINT,
  raw_payload     BYTES,
  payload_length  BIGINT,  -- how many bytes the record has
  payload_sha256  STRING,
  ingestion_time  TIMESTAMP_LTZ(3)
) WITH (
  'connector'                      = 'console',
  'name'                           = 'dead_letter',
  'format'                         = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
)
