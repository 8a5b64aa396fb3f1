-- Rundll32 Connects To The Internet
--
-- Rundll32 and Regsvr32 load libraries; they seldom have business outside the house.
--
--   SPL
--   `sysmon` EventCode=3 process_name IN ("rundll32.exe", "regsvr32.exe") Initiated="true"
--     NOT DestinationIp IN ("10.*", "192.168.*", "172.16.*", ..., "127.*", "169.254.*", "::1", "fe80:*", ...)
--   | stats count min(_time) as firstTime max(_time) as lastTime
--     by process_name Image DestinationIp DestinationPort Computer
--   | rename Computer as dest | ... | `rundll32_connects_to_the_internet_filter`
--
-- DestinationHostname is no by-field: Sysmon often leaves it empty, and `stats` would drop the event.
SELECT
  process_name,
  Image,
  DestinationIp,
  DestinationPort,
  Computer               AS dest,
  stats.`count`          AS `count`,
  CTIME(stats.firstTime) AS firstTime,
  CTIME(stats.lastTime)  AS lastTime,
  stats.firstTime        AS first_seen,
  stats.lastTime         AS last_seen,
  stats.activity         AS activity
FROM (
  SELECT
    process_name, Image, DestinationIp, DestinationPort, Computer,
    TRAILING_STATS(_time, INTERVAL '14' DAY) AS stats
  FROM sysmon
  WHERE EventCode = 3
    AND WILDCARD_IN(process_name, 'rundll32.exe', 'regsvr32.exe')
    AND WILDCARD_IN(Initiated, 'true')
    AND NOT WILDCARD_IN(DestinationIp,
          '10.*', '192.168.*', '172.16.*', '172.17.*', '172.18.*', '172.19.*', '172.20.*', '172.21.*',
          '172.22.*', '172.23.*', '172.24.*', '172.25.*', '172.26.*', '172.27.*', '172.28.*', '172.29.*',
          '172.30.*', '172.31.*', '127.*', '169.254.*', '::1', '0:0:0:0:0:0:0:1', 'fe80:*', 'fc*:*', 'fd*:*')
    AND process_name    IS NOT NULL
    AND Image           IS NOT NULL
    AND DestinationIp   IS NOT NULL
    AND DestinationPort IS NOT NULL
    AND Computer        IS NOT NULL
  GROUP BY process_name, Image, DestinationIp, DestinationPort, Computer
)
