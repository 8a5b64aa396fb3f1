SELECT
  'windows_abused_web_services' AS detection,
  Image, QueryName, QueryStatus, process_name, QueryResults, Computer AS dest,
  count(*) AS count,
  date_format(min(_time), "yyyy-MM-dd'T'HH:mm:ss") AS firstTime,
  date_format(max(_time), "yyyy-MM-dd'T'HH:mm:ss") AS lastTime
FROM candidates
WHERE QueryName RLIKE r'(?i)pastebin|textbin|ngrok\.io|discord|duckdns\.org|pasteio\.com'
GROUP BY Image, QueryName, QueryStatus, process_name, QueryResults, Computer
UNION ALL
SELECT
  'suspicious_process_dns_query_known_abuse_web_services' AS detection,
  Image, QueryName, QueryStatus, process_name, QueryResults, Computer AS dest,
  count(*) AS count,
  date_format(min(_time), "yyyy-MM-dd'T'HH:mm:ss") AS firstTime,
  date_format(max(_time), "yyyy-MM-dd'T'HH:mm:ss") AS lastTime
FROM candidates
WHERE QueryName RLIKE r'(?i)pastebin|discord|api\.telegram|t\.me'
  AND (process_name RLIKE r'(?i)^(cmd\.exe|.*powershell.*|pwsh\.exe|wscript\.exe|cscript\.exe)$'
       OR Image RLIKE r'(?i)\\users\\public\\|\\programdata\\|\\temp\\|\\windows\\tasks\\|\\appdata\\|\\perflogs\\')
GROUP BY Image, QueryName, QueryStatus, process_name, QueryResults, Computer
