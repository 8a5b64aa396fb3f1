SELECT
  'windows_abused_web_services' AS detection,
  Image, QueryName, QueryStatus, process_name, QueryResults, Computer AS dest,
  COUNT(*) AS `count`,
  DATE_FORMAT(MIN(_time), 'yyyy-MM-dd''T''HH:mm:ss') AS firstTime,
  DATE_FORMAT(MAX(_time), 'yyyy-MM-dd''T''HH:mm:ss') AS lastTime
FROM (
  SELECT *, COALESCE(NULLIF(REGEXP_REPLACE(Image, '^.*\\', ''), ''), Image) AS process_name FROM dns_queries)
WHERE _time >= TIMESTAMP '${from}' AND _time < TIMESTAMP '${to}'
  AND Image <> '' AND QueryStatus <> '' AND QueryResults <> '' AND Computer <> ''
  AND (LOWER(QueryName) LIKE '%pastebin%' OR LOWER(QueryName) LIKE '%textbin%' OR LOWER(QueryName) LIKE '%ngrok.io%'
       OR LOWER(QueryName) LIKE '%discord%' OR LOWER(QueryName) LIKE '%duckdns.org%' OR LOWER(QueryName) LIKE '%pasteio.com%')
GROUP BY Image, QueryName, QueryStatus, process_name, QueryResults, Computer
UNION ALL
SELECT
  'suspicious_process_dns_query_known_abuse_web_services' AS detection,
  Image, QueryName, QueryStatus, process_name, QueryResults, Computer AS dest,
  COUNT(*) AS `count`,
  DATE_FORMAT(MIN(_time), 'yyyy-MM-dd''T''HH:mm:ss') AS firstTime,
  DATE_FORMAT(MAX(_time), 'yyyy-MM-dd''T''HH:mm:ss') AS lastTime
FROM (
  SELECT *, COALESCE(NULLIF(REGEXP_REPLACE(Image, '^.*\\', ''), ''), Image) AS process_name FROM dns_queries)
WHERE _time >= TIMESTAMP '${from}' AND _time < TIMESTAMP '${to}'
  AND Image <> '' AND QueryStatus <> '' AND QueryResults <> '' AND Computer <> ''
  AND (LOWER(QueryName) LIKE '%pastebin%' OR LOWER(QueryName) LIKE '%discord%' OR LOWER(QueryName) LIKE '%api.telegram%'
       OR LOWER(QueryName) LIKE '%t.me%')
  AND (LOWER(process_name) IN ('cmd.exe', 'pwsh.exe', 'wscript.exe', 'cscript.exe')
       OR LOWER(process_name) LIKE '%powershell%'
       OR LOWER(Image) LIKE '%\users\public\%' OR LOWER(Image) LIKE '%\programdata\%' OR LOWER(Image) LIKE '%\temp\%'
       OR LOWER(Image) LIKE '%\windows\tasks\%' OR LOWER(Image) LIKE '%\appdata\%' OR LOWER(Image) LIKE '%\perflogs\%')
GROUP BY Image, QueryName, QueryStatus, process_name, QueryResults, Computer
