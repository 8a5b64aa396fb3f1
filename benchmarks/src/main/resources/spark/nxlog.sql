-- Sysmon's events 22 in NXLog's flat NDJSON, as in winlogbeat.sql.
CREATE TEMPORARY VIEW dns_queries AS
SELECT
  to_timestamp(event.UtcTime) AS _time,
  event.Hostname              AS Computer,
  event.Image, event.QueryName, event.QueryStatus, event.QueryResults
FROM (
  SELECT from_json(value,
    'EventID INT, Channel STRING, UtcTime STRING, Hostname STRING, Image STRING, QueryName STRING, QueryStatus STRING, QueryResults STRING') AS event
  FROM lines
  WHERE contains(value, '"EventID":22,'))
WHERE event.EventID = 22
  AND event.Channel = 'Microsoft-Windows-Sysmon/Operational'
