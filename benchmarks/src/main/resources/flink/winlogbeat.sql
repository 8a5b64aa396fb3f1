-- Sysmon's events 22 in Winlogbeat's NDJSON, by the json format with these columns only.
SELECT
  TO_TIMESTAMP(REPLACE(REPLACE(`@timestamp`, 'T', ' '), 'Z', '')) AS _time,
  winlog.computer_name           AS Computer,
  winlog.event_data.Image        AS Image,
  winlog.event_data.QueryName    AS QueryName,
  winlog.event_data.QueryStatus  AS QueryStatus,
  winlog.event_data.QueryResults AS QueryResults
FROM lines
WHERE winlog.event_id = '22' AND winlog.channel = 'Microsoft-Windows-Sysmon/Operational'
