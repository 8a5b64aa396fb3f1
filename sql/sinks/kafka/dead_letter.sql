-- Records that could not be read or are not to be believed, with their bytes (base64).
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
  'connector'                                    = 'kafka',
  'topic'                                        = '${dead_letter_topic}',
  'properties.bootstrap.servers'                 = '${brokers}',
  'value.format'                                 = 'bounded-json',
  'value.bounded-json.timestamp-format.standard' = 'ISO-8601',
  'sink.delivery-guarantee'                      = '${delivery}',
  'sink.transactional-id-prefix'                 = '${transactional_id_prefix}-dead_letter',
  'properties.transaction.timeout.ms'            = '900000'  -- what a broker allows unless told otherwise
)
