-- A line of JSON for each risk event.
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
  'connector'                      = 'console',
  'name'                           = 'risk_events',
  'format'                         = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
)
