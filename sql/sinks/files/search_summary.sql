-- What each search found before the site's filter: the run's summary tells by it what the filter took away.
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
