package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.DetectionMetadata;
import io.sysmonflink.jobs.catalog.DetectionMetadata.Observable;
import io.sysmonflink.jobs.catalog.DetectionMetadata.Role;
import io.sysmonflink.jobs.catalog.DetectionMetadata.Tags;
import io.sysmonflink.jobs.catalog.DetectionMetadata.Throttling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;

/**
 * Risk events from detection results: one for each row, each UTC day of its {@code activity} and
 * each observable that is a victim, as Enterprise Security's risk analysis would write them from
 * the same YAML.
 *
 * <p>An event's {@code id} is a hash of detection, by-fields, day and risk object: every run that
 * sees the same finding gives it the same id. Where the YAML has {@code throttling}, it is one of
 * detection, its fields, its period and the observable's name, and of the events with one id the
 * first counts. Periods are counted from 1970-01-01, so that runs that overlap throttle alike.
 */
final class RiskEvents {

  private RiskEvents() {}

  /** The query that fills the sink, or nothing where no detection names a victim. */
  static Optional<String> query(SinkTable sink, List<DetectionResults> results, Mode mode) {
    List<String> selects = new ArrayList<>();
    for (DetectionResults result : results) {
      boolean throttled = result.detection().metadata().tags().throttling() != null;
      for (Observable victim : result.detection().metadata().tags().observables(Role.VICTIM)) {
        String select =
            sink.select(
                expressions(result, victim),
                Sql.identifier(result.view())
                    + " AS r CROSS JOIN UNNEST(r.activity) AS a (risk_day, risk_time, risk_count)");
        selects.add(throttled && mode == Mode.BACKFILL ? firstOfEachId(sink, select) : select);
      }
    }
    return selects.isEmpty() ? Optional.empty() : Optional.of(Sql.unionAll(selects));
  }

  // In a live run each id passes once anyway, see Outputs.
  private static String firstOfEachId(SinkTable sink, String select) {
    return Sql.text(
        """
        SELECT %s FROM (
          SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY _time, risk_message) AS sighting
          FROM (%s)
        ) WHERE sighting = 1""",
        sink.columns(), select);
  }

  private static Map<String, String> expressions(DetectionResults result, Observable victim) {
    DetectionMetadata metadata = result.detection().metadata();
    Tags tags = metadata.tags();
    List<Observable> attackers = tags.observables(Role.ATTACKER);
    String riskObject = text(victim.name());

    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("id", id(result, victim));
    columns.put("_time", "a.risk_time");
    columns.put("search_name", Sql.string(metadata.name()));
    columns.put("risk_object", riskObject);
    columns.put("risk_object_type", Sql.string(victim.riskObjectType()));
    // Without an asset list, which may know one machine by several names, the name in lower case.
    columns.put("normalized_risk_object", "LOWER(" + riskObject + ")");
    columns.put("risk_score", String.valueOf(tags.riskScore()));
    columns.put("risk_message", message(tags));
    columns.put("threat_object", Sql.strings(attackers.stream().map(o -> text(o.name())).toList()));
    columns.put(
        "threat_object_type",
        Sql.strings(attackers.stream().map(o -> Sql.string(o.threatObjectType())).toList()));
    columns.put("analyticstories", literals(tags.analyticStory()));
    columns.put("annotations", "ROW(" + literals(tags.mitreAttackId()) + ")");
    columns.put("confidence", String.valueOf(tags.confidence()));
    columns.put("impact", String.valueOf(tags.impact()));
    columns.put("severity", Sql.string(result.detection().severity().toString()));
    columns.put("security_domain", Sql.string(tags.securityDomain()));
    columns.put(
        "fields",
        result.byFields().stream()
            .map(field -> Sql.string(field) + ", " + text(field))
            .collect(Collectors.joining(", ", "MAP[", "]")));
    return columns;
  }

  private static String id(DetectionResults result, Observable victim) {
    Throttling throttling = result.detection().metadata().tags().throttling();
    List<String> parts = new ArrayList<>(List.of(Sql.string(result.detection().name())));
    if (throttling == null) {
      result.byFields().forEach(field -> parts.add(text(field)));
      parts.add("CAST(a.risk_day AS STRING)");
      parts.add(text(victim.name()));
    } else {
      throttling.fields().forEach(field -> parts.add(text(field)));
      parts.add(
          Sql.text(
              "CAST(TIMESTAMPDIFF(DAY, DATE '1970-01-01', a.risk_day) / %d AS STRING)",
              throttling.days().orElseThrow()));
      parts.add(Sql.string(victim.name()));
    }
    return Sql.text("SHA256(JSON_ARRAY(%s NULL ON NULL))", String.join(", ", parts));
  }

  // A field without a value stays as $field$, as in Enterprise Security.
  private static String message(Tags tags) {
    List<String> parts = new ArrayList<>();
    int done = 0;
    for (MatchResult field : tags.messageFields()) {
      parts.add(Sql.string(tags.message().substring(done, field.start())));
      parts.add(Sql.text("COALESCE(%s, %s)", text(field.group(1)), Sql.string(field.group())));
      done = field.end();
    }
    parts.add(Sql.string(tags.message().substring(done)));
    return "CONCAT(" + String.join(", ", parts) + ")";
  }

  private static String literals(List<String> values) {
    return Sql.strings(values.stream().map(Sql::string).toList());
  }

  private static String text(String column) {
    return "CAST(r." + Sql.identifier(column) + " AS STRING)";
  }
}
