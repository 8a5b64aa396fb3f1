-- A line of JSON for each change of a result row.
CREATE TEMPORARY TABLE detection_results (
  detection      STRING,
  `count`        BIGINT,
  firstTime      STRING,
  lastTime       STRING,
  first_seen     TIMESTAMP_LTZ(3),
  last_seen      TIMESTAMP_LTZ(3),
  activity       ARRAY<ROW<`day` DATE, firstTime TIMESTAMP_LTZ(3), `count` BIGINT>>,
  info_min_time  TIMESTAMP_LTZ(3),  -- the bounds of the search that made the row
  info_max_time  TIMESTAMP_LTZ(3)
) WITH (
  'connector'                      = 'console',
  'name'                           = 'detection_results',
  'format'                         = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
)
