-- View risk events for the last 7 days for - "$dest$"
--
--   SPL                                                  here
--   | from datamodel Risk.All_Risk                       FROM risk_events, each id once: runs that overlap tell the
--                                                        same finding again
--   | search normalized_risk_object IN ("$dest$")        WILDCARD_IN(normalized_risk_object, ...), by the full name
--                                                        or by its first labels
--   starthoursago=168                                    _time >= earliest, which is 168 hours before latest
--   | stats count                                        COUNT(*)
--           min(_time) as firstTime                      MIN(_time)
--           max(_time) as lastTime                       MAX(_time)
--           values(search_name) as "Search Name"         SPL_VALUES(search_name)
--           values(risk_message) as "Risk Message"       SPL_VALUES(risk_message)
--           values(analyticstories) as "Analytic Stories"
--                                                        SPL_VALUES(analyticstories)
--           values(annotations._all) as "Annotations"    SPL_VALUES(techniques): ATT&CK's are all there are here
--           values(annotations.mitre_attack.mitre_tactic) as "ATT&CK Tactics"
--                                                        SPL_VALUES(tactics), see attack_tactics.sql
--     by normalized_risk_object                          GROUP BY
--   | `security_content_ctime(firstTime)`                CTIME(MIN(_time))
--   | `security_content_ctime(lastTime)`                 CTIME(MAX(_time))
WITH risk AS (
  SELECT *, annotations.mitre_attack AS techniques
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY _time, risk_message) AS sighting
    FROM risk_events
    WHERE WILDCARD_IN(normalized_risk_object, '${dest}', '${dest}.*')
      AND _time >= CAST('${earliest}' AS TIMESTAMP_LTZ(3))
      AND _time <  CAST('${latest}'   AS TIMESTAMP_LTZ(3))
  )
  WHERE sighting = 1
),
tactics_of AS (
  SELECT id, SPL_VALUES(COALESCE(tactic, t.technique)) AS tactics
  FROM risk
  CROSS JOIN UNNEST(techniques) AS t (technique)
  LEFT JOIN attack_tactics ON attack_tactics.technique = t.technique
  GROUP BY id
)
SELECT
  normalized_risk_object,
  COUNT(*)                    AS `count`,
  CTIME(MIN(_time))           AS firstTime,
  CTIME(MAX(_time))           AS lastTime,
  SPL_VALUES(search_name)     AS `Search Name`,
  SPL_VALUES(risk_message)    AS `Risk Message`,
  SPL_VALUES(analyticstories) AS `Analytic Stories`,
  SPL_VALUES(techniques)      AS `Annotations`,
  SPL_VALUES(tactics)         AS `ATT&CK Tactics`
FROM risk
LEFT JOIN tactics_of ON tactics_of.id = risk.id
GROUP BY normalized_risk_object
