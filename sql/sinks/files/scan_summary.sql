-- What was read, one row for each file split: the run's summary is their sum.
CREATE TEMPORARY TABLE scan_summary (
  `source`      STRING,
  `position`    BIGINT,
  records       BIGINT,
  `bytes`       BIGINT,
  decoded       BIGINT,
  skipped       MAP<STRING, BIGINT>,
  dead_letters  MAP<STRING, BIGINT>,
  shapes        MAP<STRING, BIGINT>,
  providers     MAP<STRING, BIGINT>,
  oldest        TIMESTAMP_LTZ(3),
  newest        TIMESTAMP_LTZ(3),
  began         TIMESTAMP_LTZ(3),
  ended         TIMESTAMP_LTZ(3),
  lists         BIGINT,
  repaired      BIGINT,
  framing       BIGINT,
  framing_bytes BIGINT,
  appended      BIGINT,
  no_event_data MAP<STRING, BIGINT>,
  no_provider   MAP<STRING, BIGINT>,
  `keys`        MAP<STRING, STRING>
) WITH (
  'connector'                      = 'filesystem',
  'path'                           = '${output}/scan_summary',
  'format'                         = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
)
