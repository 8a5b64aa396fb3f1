-- The results of every detection, in one topic, to be compacted: a message for each change of a row. The key is the
-- detection and what it groups by; each detection's columns follow those that all share.
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
  'connector'                                    = 'upsert-kafka',
  'topic'                                        = '${results_topic}',
  'properties.bootstrap.servers'                 = '${brokers}',
  'key.format'                                   = 'bounded-json',
  'value.format'                                 = 'bounded-json',
  'value.bounded-json.timestamp-format.standard' = 'ISO-8601',
  -- Flink takes an old row back before each new one. Held for a moment, both become one message: the new row.
  'sink.buffer-flush.interval'                   = '50 ms',
  'sink.buffer-flush.max-rows'                   = '100000'
)
