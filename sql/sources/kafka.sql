-- Windows event log records in Kafka: one or several in a message, in every shape that files may have them in.
--
-- The first columns are the record's envelope; with LIKE come the fields of its EventData, so a detection may
-- use any field of any Sysmon event.
--
-- A row is one of three things: an event (EventCode is set), a record that could not be read or is not to
-- be believed (error_type is set), or, in a run that ends, the tally of what one reader read of one topic (tally
-- is set). Live, metrics tell what was read.
--
-- Beside event-codes, the job adds an option prefilter: what an event must be like for any detection to select it.
CREATE TEMPORARY TABLE windows_events (
  EventCode                INT,
  _time                    TIMESTAMP_LTZ(3),
  Computer                 STRING,
  Channel                  STRING,
  Provider                 STRING,
  RecordId                 BIGINT,
  `source`                 STRING,  -- TOPIC/PARTITION
  `position`               BIGINT,  -- the message's offset

  -- what could not be read, its bytes untouched
  error_type               STRING,
  error_message            STRING,
  raw_payload              BYTES,

  -- what was read of a topic, where the run ends
  tally                    ROW<
                             records      BIGINT,
                             `bytes`      BIGINT,
                             decoded      BIGINT,
                             skipped      MAP<STRING, BIGINT>,  -- by event id
                             dead_letters MAP<STRING, BIGINT>,  -- by error_type
                             shapes       MAP<STRING, BIGINT>,  -- of the decoded
                             providers    MAP<STRING, BIGINT>,  -- of the decoded
                             oldest       TIMESTAMP_LTZ(3),     -- of the decoded
                             newest       TIMESTAMP_LTZ(3),     -- of the decoded
                             began        TIMESTAMP_LTZ(3),     -- when it was read
                             ended        TIMESTAMP_LTZ(3),
                             lists        BIGINT,               -- decoded that hold a list in place of a value
                             repaired     BIGINT,               -- decoded that held what XML forbids
                             framing      BIGINT,               -- texts before an event on its line, no records
                             framing_bytes BIGINT,
                             no_event_data MAP<STRING, BIGINT>, -- of Sysmon without its fields, by shape; dead letters
                             no_provider  MAP<STRING, BIGINT>,  -- decoded without provider and channel, by shape
                             `keys`       MAP<STRING, STRING>>  -- what these have instead, by shape
) WITH (
  'connector'                                = 'sysmon-kafka',
  'properties.bootstrap.servers'             = '${brokers}',
  'topic'                                    = '${topic}',
  'properties.group.id'                      = '${group_id}',
  'scan.startup.mode'                        = '${startup_mode}',
  'scan.startup.timestamp-millis'            = '${startup_timestamp}',
  'scan.bounded.mode'                        = '${bounded_mode}',
  'scan.topic-partition-discovery.interval'  = '1 min',
  'event-codes'                              = '${event_codes}'
)
LIKE event_data
