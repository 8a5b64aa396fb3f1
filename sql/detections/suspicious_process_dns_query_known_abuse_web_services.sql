-- Suspicious Process DNS Query Known Abuse Web Services
--
-- A shell or script host, or a program run from a folder that anyone can write to, asks DNS for a paste
-- site or a chat service.
--
--   SPL                                                  here
--   `sysmon`                                             FROM sysmon               (sql/macros/sysmon.sql)
--   EventCode=22                                         EventCode = 22
--   QueryName IN ("*pastebin*", ...)                     WILDCARD_IN(QueryName, '*pastebin*', ...)
--   process_name IN (...) OR Image IN (...)              AND (WILDCARD_IN(process_name, ...)
--                                                             OR WILDCARD_IN(NORMALIZE_PATH(Image), ...)):
--                                                        in SPL's search, OR binds tighter than the implicit AND
--   | stats count min(_time) as firstTime                TRAILING_STATS(_time, ...) AS stats: its count, firstTime
--           max(_time) as lastTime                       and lastTime, over the last 14 days
--     by Image QueryName ... Computer                    GROUP BY; `stats` drops an event that lacks a by-field,
--                                                        hence each IS NOT NULL
--   | rename Computer as dest                            Computer AS dest
--   | `security_content_ctime(firstTime)`                CTIME(stats.firstTime) AS firstTime
--   | `security_content_ctime(lastTime)`                 CTIME(stats.lastTime) AS lastTime
--   | `suspicious_process_dns_query_known_abuse_web_services_filter`
--                                                        sql/filters/suspicious_process_..._filter.sql
--
-- "\\" in a quoted SPL string is one backslash, which needs no escape in SQL.
-- Of C:\Tools\powershell/7/x.exe, Splunk takes powershell/7/x.exe for the process name, and here it is x.exe.
-- Normalising may only add matches, so the one pattern that can tell them apart is asked of both.
-- '*t.me*' is a plain substring, as in Splunk: internet.messenger.msn.com matches it.
SELECT
  Image,
  QueryName,
  QueryStatus,
  process_name,
  QueryResults,
  Computer               AS dest,
  stats.`count`          AS `count`,
  CTIME(stats.firstTime) AS firstTime,
  CTIME(stats.lastTime)  AS lastTime,
  stats.firstTime        AS first_seen,
  stats.lastTime         AS last_seen,
  stats.activity         AS activity
FROM (
  SELECT
    Image, QueryName, QueryStatus, process_name, QueryResults, Computer,
    TRAILING_STATS(_time, INTERVAL '14' DAY) AS stats
  FROM sysmon
  WHERE EventCode = 22
    AND WILDCARD_IN(QueryName,
          '*pastebin*', '*discord*', '*api.telegram*', '*t.me*')
    AND (WILDCARD_IN(process_name,
           'cmd.exe', '*powershell*', 'pwsh.exe', 'wscript.exe', 'cscript.exe')
         OR WILDCARD_IN(PROCESS_NAME(Image), '*powershell*')
         OR WILDCARD_IN(NORMALIZE_PATH(Image),
           '*\users\public\*', '*\programdata\*', '*\temp\*', '*\Windows\Tasks\*', '*\appdata\*', '*\perflogs\*'))
    AND Image        IS NOT NULL
    AND QueryName    IS NOT NULL
    AND QueryStatus  IS NOT NULL
    AND process_name IS NOT NULL
    AND QueryResults IS NOT NULL
    AND Computer     IS NOT NULL
  GROUP BY Image, QueryName, QueryStatus, process_name, QueryResults, Computer
)
