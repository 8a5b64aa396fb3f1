-- Sysmon's events 22 in NXLog's flat NDJSON, by the json format with these columns only.
SELECT TO_TIMESTAMP(UtcTime) AS _time, Hostname AS Computer, Image, QueryName, QueryStatus, QueryResults
FROM lines
WHERE EventID = 22 AND Channel = 'Microsoft-Windows-Sysmon/Operational'
