-- The `sysmon` macro: Sysmon's own events within the time range of the search.
--
-- Other programs log under the same event ids (TerminalServices has a 22 too), hence Provider and Channel;
-- some exports carry only one of the two. process_name is what Splunk's Sysmon add-on makes of Image.
SELECT
  *,
  PROCESS_NAME(NORMALIZE_PATH(Image)) AS process_name
FROM windows_events
WHERE (WILDCARD_IN(Provider, 'Microsoft-Windows-Sysmon', 'Linux-Sysmon')
       OR WILDCARD_IN(Channel, 'Microsoft-Windows-Sysmon/Operational', 'Linux-Sysmon/Operational'))
  AND _time >= CAST('${earliest}' AS TIMESTAMP_LTZ(3))
  AND _time <  CAST('${latest}'   AS TIMESTAMP_LTZ(3))
