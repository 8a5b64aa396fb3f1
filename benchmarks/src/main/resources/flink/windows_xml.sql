-- Sysmon's events 22 in Windows XML, a line each by the raw format. Fields are cut out of lines with the event id only.
SELECT
  TO_TIMESTAMP(REPLACE(SUBSTRING(REGEXP_EXTRACT(line, '<TimeCreated SystemTime=''([^'']*)''', 1) FROM 1 FOR 23), 'T', ' ')) AS _time,
  REGEXP_EXTRACT(line, '<Computer>([^<]*)<', 1) AS Computer,
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REGEXP_EXTRACT(line, '<Data Name=''Image''>([^<]*)<', 1), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', ''''), '&amp;', '&') AS Image,
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REGEXP_EXTRACT(line, '<Data Name=''QueryName''>([^<]*)<', 1), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', ''''), '&amp;', '&') AS QueryName,
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REGEXP_EXTRACT(line, '<Data Name=''QueryStatus''>([^<]*)<', 1), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', ''''), '&amp;', '&') AS QueryStatus,
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REGEXP_EXTRACT(line, '<Data Name=''QueryResults''>([^<]*)<', 1), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', ''''), '&amp;', '&') AS QueryResults
FROM lines
WHERE line LIKE '%<EventID>22</EventID>%' AND line LIKE '%<Channel>Microsoft-Windows-Sysmon/Operational</Channel>%'
