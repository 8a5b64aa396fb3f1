-- Sysmon's events 22 in Windows XML whose QueryName may match. Fields are cut out only of the lines that pass:
-- a SELECT that cuts them all out first was slower.
CREATE VIEW dns_queries AS
WITH candidates AS MATERIALIZED (
  SELECT line
  FROM lines_of('${input}')
  WHERE contains(line, '<EventID>22</EventID>')
    AND contains(line, '<Channel>Microsoft-Windows-Sysmon/Operational</Channel>')
    AND regexp_matches(line, '<Data Name=''QueryName''>[^<]*(' || any_query_name() || ')', 'i')
)
SELECT
  left(regexp_extract(line, '<TimeCreated SystemTime=''([^'']*)''', 1), 23)::TIMESTAMP AS _time,
  xml_text(regexp_extract(line, '<Computer>([^<]*)<', 1)) AS Computer,
  event_data(line, 'Image')        AS Image,
  event_data(line, 'QueryName')    AS QueryName,
  event_data(line, 'QueryStatus')  AS QueryStatus,
  event_data(line, 'QueryResults') AS QueryResults
FROM candidates;
