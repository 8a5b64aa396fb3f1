-- What either detection may want: kept in memory, so that the file is read once for both.
SELECT
  _time,
  Image, QueryName, QueryStatus, QueryResults, Computer,
  coalesce(nullif(regexp_extract(Image, r'[^\\]*$', 0), ''), Image) AS process_name
FROM dns_queries
WHERE _time >= TIMESTAMP '${from}' AND _time < TIMESTAMP '${to}'
  AND Image <> '' AND QueryStatus <> '' AND QueryResults <> '' AND Computer <> ''
  AND QueryName RLIKE r'(?i)pastebin|textbin|ngrok\.io|discord|duckdns\.org|pasteio\.com|api\.telegram|t\.me'
