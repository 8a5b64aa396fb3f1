-- Program Written To A Startup Folder
--
-- A program or script is written to a Startup folder, which Windows runs at each logon. A hunt: it names no
-- observable, so it gives rows and no risk events.
--
--   SPL
--   `sysmon` EventCode=11 TargetFilename="*\\Start Menu\\Programs\\Startup\\*"
--     TargetFilename IN ("*.exe", "*.scr", "*.bat", "*.cmd", "*.vbs", "*.js", "*.hta", "*.ps1")
--   | stats count min(_time) as firstTime max(_time) as lastTime by TargetFilename Image Computer
--   | rename Computer as dest | ... | `program_written_to_a_startup_folder_filter`
SELECT
  TargetFilename,
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
    TargetFilename, Image, Computer,
    TRAILING_STATS(_time, INTERVAL '14' DAY) AS stats
  FROM sysmon
  WHERE EventCode = 11
    AND WILDCARD_IN(NORMALIZE_PATH(TargetFilename), '*\Start Menu\Programs\Startup\*')
    AND WILDCARD_IN(TargetFilename, '*.exe', '*.scr', '*.bat', '*.cmd', '*.vbs', '*.js', '*.hta', '*.ps1')
    AND TargetFilename IS NOT NULL
    AND Image          IS NOT NULL
    AND Computer       IS NOT NULL
  GROUP BY TargetFilename, Image, Computer
)
