package io.sysmonflink.jobs.catalog;

import java.util.HashMap;
import java.util.Map;

/** A small detection, right in every respect, for tests to break. */
public final class Samples {

  public static final String SQL =
      """
      SELECT Image, Computer AS dest, stats.`count` AS `count`,
        CTIME(stats.firstTime) AS firstTime, CTIME(stats.lastTime) AS lastTime,
        stats.firstTime AS first_seen, stats.lastTime AS last_seen, stats.activity AS activity
      FROM (
        SELECT Image, Computer, TRAILING_STATS(_time, INTERVAL '14' DAY) AS stats
        FROM sysmon
        WHERE EventCode = 1 AND CommandLine LIKE '%-enc%'
        GROUP BY Image, Computer
      )
      """;

  public static final String YAML =
      """
      name: Encoded Command
      id: 00000000-0000-0000-0000-000000000001
      version: 1
      date: '2024-01-31'
      author: Someone
      status: experimental
      type: Hunting
      description: A sample.
      data_source: [Sysmon EventID 1]
      event_codes: [1]
      how_to_implement: Run it.
      known_false_positives: None.
      references: [https://example.com/]
      drilldown_searches: []
      tags:
        analytic_story: []
        asset_type: Endpoint
        confidence: 50
        impact: 70
        message: $Image$ ran on $dest$
        mitre_attack_id: [T1059.001]
        observable:
        - {name: dest, type: Hostname, role: [Victim]}
        - {name: Image, type: Process Name, role: [Attacker]}
        product: []
        required_fields: [_time]
        risk_score: 35
        security_domain: endpoint
      tests: []
      """;

  private Samples() {}

  /** The pair of files of a detection called {@code sample}. */
  public static Map<String, String> files() {
    return new HashMap<>(Map.of("detections/sample.sql", SQL, "detections/sample.yml", YAML));
  }
}
