-- As sources/kafka.sql, with a topic in memory.
CREATE TEMPORARY TABLE windows_events (
  EventCode                INT,
  _time                    TIMESTAMP_LTZ(3),
  Computer                 STRING,
  Channel                  STRING,
  Provider                 STRING,
  RecordId                 BIGINT,
  `source`                 AS 'in-memory',
  `position`               AS CAST(0 AS BIGINT),
  error_type               STRING,
  error_message            STRING,
  raw_payload              BYTES
) WITH (
  'connector'          = 'in-memory',
  'path'               = '${path}',
  'messages'           = '${messages}',
  'format'             = 'sysmon',
  'sysmon.event-codes' = '${event_codes}'
)
LIKE event_data
