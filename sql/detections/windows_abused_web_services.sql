-- Windows Abused Web Services
--
-- A process asks DNS for a service that attackers abuse: paste sites, chat, tunnels, dynamic DNS.
--
--   SPL                                                  here
--   `sysmon`                                             FROM sysmon               (sql/macros/sysmon.sql)
--   EventCode=22                                         EventCode = 22
--   QueryName IN ("*pastebin*", ...)                     WILDCARD_IN(QueryName, '*pastebin*', ...)
--   | stats count min(_time) as firstTime                TRAILING_STATS(_time, ...) AS stats: its count, firstTime
--           max(_time) as lastTime                       and lastTime, over the last 14 days
--     by Image QueryName ... Computer                    GROUP BY; `stats` drops an event that lacks a by-field,
--                                                        hence each IS NOT NULL
--   | rename Computer as dest                            Computer AS dest
--   | `security_content_ctime(firstTime)`                CTIME(stats.firstTime) AS firstTime
--   | `security_content_ctime(lastTime)`                 CTIME(stats.lastTime) AS lastTime
--   | `windows_abused_web_services_filter`               sql/filters/windows_abused_web_services_filter.sql
--
-- The SPL as published has ""*textbin*"", a slip that its authors mended later: *textbin* is meant.
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
          '*pastebin*', '*textbin*', '*ngrok.io*', '*discord*', '*duckdns.org*', '*pasteio.com*')
    AND Image        IS NOT NULL
    AND QueryName    IS NOT NULL
    AND QueryStatus  IS NOT NULL
    AND process_name IS NOT NULL
    AND QueryResults IS NOT NULL
    AND Computer     IS NOT NULL
  GROUP BY Image, QueryName, QueryStatus, process_name, QueryResults, Computer
)
