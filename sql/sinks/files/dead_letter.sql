-- Records that could not be read or are not to be believed, their bytes untouched (base64 in JSON).
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
  'connector'                      = 'filesystem',
  'path'                           = '${output}/dead_letter',
  'format'                         = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
)
