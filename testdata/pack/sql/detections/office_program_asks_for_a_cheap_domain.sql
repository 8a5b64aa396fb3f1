-- Office Program Asks For A Cheap Domain
--
-- An Office program resolves a name under a top level domain that costs next to nothing, for a person and not for
-- a service.
--
--   SPL
--   `sysmon` EventCode=22
--     process_name IN ("winword.exe", "excel.exe", "powerpnt.exe", "outlook.exe")
--     QueryName IN ("*.top", "*.xyz", "*.click", "*.zip")
--     QueryResults!="-"
--     NOT User="NT AUTHORITY\\*"
--   | stats count min(_time) as firstTime max(_time) as lastTime by QueryName process_name Image Computer
--   | rename Computer as dest | ... | `office_program_asks_for_a_cheap_domain_filter`
--
-- The two ways to say no differ: QueryResults!="-" wants the field to be there, hence IS NOT NULL; NOT User=...
-- also takes an event without a User, as older Sysmon writes them, and that is what NOT WILDCARD_IN does.
SELECT
  QueryName,
  process_name,
  Image,
  Computer               AS dest,
  stats.`count`          AS `count`,
  CTIME(stats.firstTime) AS firstTime,
  CTIME(stats.lastTime)  AS lastTime,
  stats.firstTime        AS first_seen,
  stats.lastTime         AS last_seen,
  stats.activity         AS activity
FROM (
  SELECT
    QueryName, process_name, Image, Computer,
    TRAILING_STATS(_time, INTERVAL '14' DAY) AS stats
  FROM sysmon
  WHERE EventCode = 22
    AND WILDCARD_IN(process_name, 'winword.exe', 'excel.exe', 'powerpnt.exe', 'outlook.exe')
    AND WILDCARD_IN(QueryName, '*.top', '*.xyz', '*.click', '*.zip')
    AND QueryResults IS NOT NULL
    AND NOT WILDCARD_IN(QueryResults, '-')
    AND NOT WILDCARD_IN(`User`, 'NT AUTHORITY\*')
    AND QueryName    IS NOT NULL
    AND process_name IS NOT NULL
    AND Image        IS NOT NULL
    AND Computer     IS NOT NULL
  GROUP BY QueryName, process_name, Image, Computer
)
