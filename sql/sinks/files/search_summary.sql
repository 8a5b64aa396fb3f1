-- What each search found before the site's filter, a row for each of its own: the run's summary adds them up, and
-- tells by it what the filter took away. A row of events that meet the WHERE and lack what the search groups by is none
-- of its rows: `lacking` names the fields, with commas, and `unfilled` counts those events.
CREATE TEMPORARY TABLE search_summary (
  detection      STRING,
  `rows`         BIGINT,
  events         BIGINT,
  lacking        STRING,
  unfilled       BIGINT
) WITH (
  'connector'                      = 'filesystem',
  'path'                           = '${output}/search_summary',
  'format'                         = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
)
