-- Sysmon's events 22 in NXLog's flat NDJSON whose QueryName may match, as in winlogbeat.sql.
CREATE VIEW dns_queries AS
WITH candidates AS MATERIALIZED (
  SELECT line
  FROM lines_of('${input}')
  WHERE contains(line, '"EventID":22,')
    AND regexp_matches(line->>'$.QueryName', any_query_name(), 'i')
)
SELECT
  (line->>'$.UtcTime')::TIMESTAMP AS _time,
  line->>'$.Hostname'             AS Computer,
  line->>'$.Image'                AS Image,
  line->>'$.QueryName'            AS QueryName,
  line->>'$.QueryStatus'          AS QueryStatus,
  line->>'$.QueryResults'         AS QueryResults
FROM candidates
WHERE line->>'$.EventID' = '22'
  AND line->>'$.Channel' = 'Microsoft-Windows-Sysmon/Operational';
