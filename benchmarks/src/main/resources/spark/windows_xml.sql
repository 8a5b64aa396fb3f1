-- Sysmon's events 22 in Windows XML whose QueryName may match, picked as text; fields are cut out of these only.
CREATE TEMPORARY VIEW dns_queries AS
SELECT
  _time, Computer,
  replace(replace(replace(replace(replace(Image, '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', '\''), '&amp;', '&') AS Image,
  replace(replace(replace(replace(replace(QueryName, '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', '\''), '&amp;', '&') AS QueryName,
  replace(replace(replace(replace(replace(QueryStatus, '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', '\''), '&amp;', '&') AS QueryStatus,
  replace(replace(replace(replace(replace(QueryResults, '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', '\''), '&amp;', '&') AS QueryResults
FROM (
SELECT
  to_timestamp(left(regexp_extract(value, r"<TimeCreated SystemTime='([^']*)'", 1), 23)) AS _time,
  regexp_extract(value, r'<Computer>([^<]*)<', 1)               AS Computer,
  regexp_extract(value, r"<Data Name='Image'>([^<]*)<", 1)        AS Image,
  regexp_extract(value, r"<Data Name='QueryName'>([^<]*)<", 1)    AS QueryName,
  regexp_extract(value, r"<Data Name='QueryStatus'>([^<]*)<", 1)  AS QueryStatus,
  regexp_extract(value, r"<Data Name='QueryResults'>([^<]*)<", 1) AS QueryResults
FROM lines
WHERE contains(value, '<EventID>22</EventID>')
  AND contains(value, '<Channel>Microsoft-Windows-Sysmon/Operational</Channel>')
  AND value RLIKE r"(?i)<Data Name='QueryName'>[^<]*(pastebin|textbin|ngrok\.io|discord|duckdns\.org|pasteio\.com|api\.telegram|t\.me)"
)
