-- Windows event log records in Kafka: one or several in a message, in every shape that files may have them in.
--
-- The first columns are the record's envelope; with LIKE come the fields of its EventData, so a detection may
-- use any field of any Sysmon event.
--
-- A row is one of two things: an event (EventCode is set), or a record that could not be read or is not to be
-- believed (error_type is set). What was read is counted by metrics.
--
-- Beside event-codes, the job adds an option prefilter: what an event must be like for any detection to select it.
CREATE TEMPORARY TABLE windows_events (
  EventCode                INT,
  _time                    TIMESTAMP_LTZ(3),
  Computer                 STRING,
  Channel                  STRING,
  Provider                 STRING,
  RecordId                 BIGINT,

  -- where the message is
  topic                    STRING NOT NULL METADATA VIRTUAL,
  `partition`              INT    NOT NULL METADATA VIRTUAL,
  `offset`                 BIGINT NOT NULL METADATA VIRTUAL,
  `source`                 AS CONCAT(topic, '/', CAST(`partition` AS STRING)),
  `position`               AS `offset`,

  -- what could not be read, its bytes untouched
  error_type               STRING,
  error_message            STRING,
  raw_payload              BYTES
) WITH (
  'connector'                                = 'kafka',
  'properties.bootstrap.servers'             = '${brokers}',
  'topic'                                    = '${topic}',
  'properties.group.id'                      = '${group_id}',
  'scan.startup.mode'                        = '${startup_mode}',
  'scan.startup.timestamp-millis'            = '${startup_timestamp}',
  'scan.bounded.mode'                        = '${bounded_mode}',
  'scan.topic-partition-discovery.interval'  = '1 min',
  'format'                                   = 'sysmon',
  'sysmon.event-codes'                       = '${event_codes}'
)
LIKE event_data
