-- PowerShell Runs An Encoded Command
--
-- PowerShell is started with a command in base64, so that nobody can read it at a glance. The second clause also
-- finds a PowerShell that was renamed: OriginalFileName stands in the program itself.
--
--   SPL
--   `sysmon` EventCode=1
--     (process_name IN ("powershell.exe", "pwsh.exe") OR OriginalFileName IN ("PowerShell.EXE", "pwsh.dll"))
--     CommandLine IN ("* -enc *", "* -ec *", "* -encodedcommand *", "*frombase64string*")
--   | stats count min(_time) as firstTime max(_time) as lastTime
--     by Computer User ParentImage Image process_name CommandLine
--   | rename Computer as dest | ... | `powershell_runs_an_encoded_command_filter`
SELECT
  Computer               AS dest,
  `User`,
  ParentImage,
  Image,
  process_name,
  CommandLine,
  stats.`count`          AS `count`,
  CTIME(stats.firstTime) AS firstTime,
  CTIME(stats.lastTime)  AS lastTime,
  stats.firstTime        AS first_seen,
  stats.lastTime         AS last_seen,
  stats.activity         AS activity
FROM (
  SELECT
    Computer, `User`, ParentImage, Image, process_name, CommandLine,
    TRAILING_STATS(_time, INTERVAL '14' DAY) AS stats
  FROM sysmon
  WHERE EventCode = 1
    AND (WILDCARD_IN(process_name, 'powershell.exe', 'pwsh.exe')
         OR WILDCARD_IN(OriginalFileName, 'PowerShell.EXE', 'pwsh.dll'))
    AND WILDCARD_IN(CommandLine, '* -enc *', '* -ec *', '* -encodedcommand *', '*frombase64string*')
    AND Computer     IS NOT NULL
    AND `User`       IS NOT NULL
    AND ParentImage  IS NOT NULL
    AND Image        IS NOT NULL
    AND process_name IS NOT NULL
    AND CommandLine  IS NOT NULL
  GROUP BY Computer, `User`, ParentImage, Image, process_name, CommandLine
)
