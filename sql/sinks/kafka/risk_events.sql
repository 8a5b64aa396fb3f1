-- Risk events: one for each result row, UTC day and risk object, told by its id. Under exactly-once delivery none
-- comes twice to who reads with isolation.level=read_committed; else a repeat has the id of the first.
CREATE TEMPORARY TABLE risk_events (
  id                      STRING,
  _time                   TIMESTAMP_LTZ(3),
  search_name             STRING,
  risk_object             STRING,
  risk_object_type        STRING,
  normalized_risk_object  STRING,
  risk_score              INT,
  risk_message            STRING,
  threat_object           ARRAY<STRING>,
  threat_object_type      ARRAY<STRING>,
  analyticstories         ARRAY<STRING>,
  annotations             ROW<mitre_attack ARRAY<STRING>>,
  confidence              INT,
  impact                  INT,
  severity                STRING,
  security_domain         STRING,
  fields                  MAP<STRING, STRING>  -- the result row's by-fields
) WITH (
  'connector'                                    = 'kafka',
  'topic'                                        = '${risk_topic}',
  'properties.bootstrap.servers'                 = '${brokers}',
  'key.format'                                   = 'json',
  'key.fields'                                   = 'id',
  'value.format'                                 = 'bounded-json',
  'value.bounded-json.timestamp-format.standard' = 'ISO-8601',
  'sink.delivery-guarantee'                      = '${delivery}',
  'sink.transactional-id-prefix'                 = '${transactional_id_prefix}-risk_events',
  'properties.transaction.timeout.ms'            = '900000'  -- what a broker allows unless told otherwise
)
