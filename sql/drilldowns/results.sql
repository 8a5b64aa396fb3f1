-- View the detection results for - "$dest$"
--
--   SPL                                              here
--   %original_detection_search%                      FROM the detection, its filter applied
--   | search dest = "$dest$"                         WHERE WILDCARD_IN(dest, '${dest}')
--   earliest $info_min_time$, latest $info_max_time$ the time range of the run, see sql/macros/sysmon.sql
--
-- As in Splunk's search, case does not count and * stands for any run of characters.
SELECT *
FROM `${search}`
WHERE WILDCARD_IN(dest, '${dest}')
