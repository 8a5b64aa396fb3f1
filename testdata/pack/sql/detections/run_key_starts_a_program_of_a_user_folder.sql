-- Run Key Starts A Program Of A User Folder
--
-- A Run or RunOnce key of the registry is set to a program that lies where anyone can write: it starts again with
-- each logon.
--
--   SPL
--   `sysmon` EventCode=13 EventType="SetValue"
--     TargetObject IN ("*\\CurrentVersion\\Run\\*", "*\\CurrentVersion\\RunOnce\\*")
--     Details IN ("*\\appdata\\*", "*\\users\\public\\*", "*\\programdata\\*", "*\\temp\\*")
--   | stats count min(_time) as firstTime max(_time) as lastTime by Computer Image TargetObject Details
--   | rename Computer as dest | ... | `run_key_starts_a_program_of_a_user_folder_filter`
SELECT
  Computer               AS dest,
  Image,
  TargetObject,
  Details,
  stats.`count`          AS `count`,
  CTIME(stats.firstTime) AS firstTime,
  CTIME(stats.lastTime)  AS lastTime,
  stats.firstTime        AS first_seen,
  stats.lastTime         AS last_seen,
  stats.activity         AS activity
FROM (
  SELECT
    Computer, Image, TargetObject, Details,
    TRAILING_STATS(_time, INTERVAL '14' DAY) AS stats
  FROM sysmon
  WHERE EventCode = 13
    AND WILDCARD_IN(EventType, 'SetValue')
    AND WILDCARD_IN(TargetObject, '*\CurrentVersion\Run\*', '*\CurrentVersion\RunOnce\*')
    AND WILDCARD_IN(Details, '*\appdata\*', '*\users\public\*', '*\programdata\*', '*\temp\*')
    AND Computer     IS NOT NULL
    AND Image        IS NOT NULL
    AND TargetObject IS NOT NULL
    AND Details      IS NOT NULL
  GROUP BY Computer, Image, TargetObject, Details
)
