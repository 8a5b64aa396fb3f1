-- The bounds of the search that made each detection's newest row of a host: where the drilldown into results starts.
--
-- `detection_results` is what earlier runs wrote. A row carries the bounds of its own search, which in a live run
-- are the 14 days up to its newest event.
SELECT detection, info_min_time, info_max_time
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY detection ORDER BY info_max_time DESC, info_min_time) AS newest
  FROM detection_results
  WHERE WILDCARD_IN(dest, '${dest}')
)
WHERE newest = 1
