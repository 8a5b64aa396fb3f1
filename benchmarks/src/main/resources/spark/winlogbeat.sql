-- Sysmon's events 22 in Winlogbeat's NDJSON. Only lines with the event id are parsed, and each once.
CREATE TEMPORARY VIEW dns_queries AS
SELECT
  to_timestamp(event.`@timestamp`)     AS _time,
  event.winlog.computer_name           AS Computer,
  event.winlog.event_data.Image        AS Image,
  event.winlog.event_data.QueryName    AS QueryName,
  event.winlog.event_data.QueryStatus  AS QueryStatus,
  event.winlog.event_data.QueryResults AS QueryResults
FROM (
  SELECT from_json(value,
    '`@timestamp` STRING, winlog STRUCT<event_id: STRING, channel: STRING, computer_name: STRING, event_data: STRUCT<Image: STRING, QueryName: STRING, QueryStatus: STRING, QueryResults: STRING>>') AS event
  FROM lines
  WHERE contains(value, '"event_id":"22"'))
WHERE event.winlog.event_id = '22'
  AND event.winlog.channel = 'Microsoft-Windows-Sysmon/Operational'
