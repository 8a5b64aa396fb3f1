-- The results of one detection, as JSON lines: these columns and the detection's own by-fields, which the
-- job adds. Running again over the same folder replaces what was there.
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
  'connector'                      = 'filesystem',
  'path'                           = '${output}/detection_results/${detection}',
  'format'                         = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
)
