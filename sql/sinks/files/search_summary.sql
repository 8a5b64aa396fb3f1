-- What each search found before the site's filter, a row for each of its own: the run's summary adds them up, and
-- tells by it what the filter took away.
CREATE TEMPORARY TABLE search_summary (
  detection      STRING,
  `rows`         BIGINT,
  events         BIGINT
) WITH (
  'connector'                      = 'filesystem',
  'path'                           = '${output}/search_summary',
  'format'                         = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
)
