-- Both detections over one scan: what either may want is kept, and read twice from memory.
WITH candidates AS MATERIALIZED (
  SELECT
    *,
    coalesce(nullif(regexp_extract(Image, '[^\\]*$'), ''), Image) AS process_name
  FROM dns_queries
  WHERE _time >= TIMESTAMP '${from}' AND _time < TIMESTAMP '${to}'
    AND Image <> '' AND QueryStatus <> '' AND QueryResults <> '' AND Computer <> ''
)
SELECT
  'windows_abused_web_services' AS detection,
  Image, QueryName, QueryStatus, process_name, QueryResults, Computer AS dest,
  count(*) AS count,
  strftime(min(_time), '%Y-%m-%dT%H:%M:%S') AS firstTime,
  strftime(max(_time), '%Y-%m-%dT%H:%M:%S') AS lastTime
FROM candidates
WHERE regexp_matches(QueryName, 'pastebin|textbin|ngrok\.io|discord|duckdns\.org|pasteio\.com', 'i')
GROUP BY Image, QueryName, QueryStatus, process_name, QueryResults, Computer
UNION ALL
SELECT
  'suspicious_process_dns_query_known_abuse_web_services' AS detection,
  Image, QueryName, QueryStatus, process_name, QueryResults, Computer AS dest,
  count(*) AS count,
  strftime(min(_time), '%Y-%m-%dT%H:%M:%S') AS firstTime,
  strftime(max(_time), '%Y-%m-%dT%H:%M:%S') AS lastTime
FROM candidates
WHERE regexp_matches(QueryName, 'pastebin|discord|api\.telegram|t\.me', 'i')
  AND (regexp_matches(process_name, '^(cmd\.exe|.*powershell.*|pwsh\.exe|wscript\.exe|cscript\.exe)$', 'i')
       OR regexp_matches(Image,
            '\\users\\public\\|\\programdata\\|\\temp\\|\\windows\\tasks\\|\\appdata\\|\\perflogs\\', 'i'))
GROUP BY Image, QueryName, QueryStatus, process_name, QueryResults, Computer;
