-- Windows event log records in files: every record of every shape that the decoder knows, one row each.
--
-- The first columns are the record's envelope; with LIKE come the fields of its EventData, so a detection may
-- use any field of any Sysmon event. Only the columns that some query reads are cut out.
--
-- A row is one of three things: an event (EventCode is set), a record that could not be read or is not to
-- be believed (error_type is set), or the tally of one file split (tally is set).
--
-- Beside event-codes, the job adds an option prefilter: what an event must be like for any detection to select it.
CREATE TEMPORARY TABLE windows_events (
  EventCode                INT,
  _time                    TIMESTAMP_LTZ(3),
  Computer                 STRING,
  Channel                  STRING,
  Provider                 STRING,
  RecordId                 BIGINT,
  `source`                 STRING,  -- the file
  `position`               BIGINT,  -- the record's first byte in it (in its text, where it is compressed)

  -- what could not be read, its bytes untouched
  error_type               STRING,
  error_message            STRING,
  raw_payload              BYTES,

  -- what a file split held
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
                             appended     BIGINT,               -- bytes added since the listing, not read
                             no_event_data MAP<STRING, BIGINT>, -- of Sysmon without its fields, by shape; dead letters
                             no_provider  MAP<STRING, BIGINT>,  -- decoded without provider and channel, by shape
                             `keys`       MAP<STRING, STRING>>  -- what these have instead, by shape
) WITH (
  'connector'   = 'sysmon-files',
  'path'        = '${input}',
  'event-codes' = '${event_codes}'
)
LIKE event_data
