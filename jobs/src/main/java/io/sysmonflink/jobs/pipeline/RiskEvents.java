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
import java.util.stream.Stream;

/**
 * Risk events from detection results: one for each row, each UTC day of its {@code activity} and
 * each observable that is a victim, as Enterprise Security's risk analysis would write them from
 * the same YAML.
 *
 * <p>An event's {@code id} is a hash of detection, by-fields, day and risk object: every run that
 * sees the same finding gives it the same id. Where the YAML has {@code throttling}, its fields
 * stand in the place of the by-fields and its period in that of the day, and of the events with one
 * id the first counts. Periods are counted from 1970-01-01T00:00:00Z, so that runs that overlap
 * throttle alike.
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
    return selects.stream().reduce((one, other) -> one + "\nUNION ALL\n" + other);
  }

  // In a live run each id passes once anyway, see Outputs.
  private static String firstOfEachId(SinkTable sink, String select) {
    return """
        SELECT %s FROM (
          SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY _time, risk_message) AS sighting
          FROM (%s)
        ) WHERE sighting = 1"""
        .formatted(sink.columns(), select);
  }

  private static Map<String, String> expressions(DetectionResults result, Observable victim) {
    DetectionMetadata metadata = result.detection().metadata();
    Tags tags = metadata.tags();
    List<Observable> attackers = tags.observables(Role.ATTACKER);
    String riskObject = text(victim.name());

    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("id", id(result, riskObject));
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

  private static String id(DetectionResults result, String riskObject) {
    Throttling throttling = result.detection().metadata().tags().throttling();
    List<String> fields = throttling == null ? result.byFields() : throttling.fields();
    String when =
        throttling == null
            ? "CAST(a.risk_day AS STRING)"
            : "CAST(EXTRACT(EPOCH FROM a.risk_time) / %d AS STRING)"
                .formatted(throttling.duration().orElseThrow().toSeconds());
    Stream<String> parts =
        Stream.of(
                Stream.of(Sql.string(result.detection().name())),
                fields.stream().map(RiskEvents::text),
                Stream.of(when, riskObject))
            .flatMap(part -> part);
    return parts.collect(Collectors.joining(", ", "SHA256(JSON_ARRAY(", " NULL ON NULL))"));
  }

  // A field without a value stays as $field$, as in Enterprise Security.
  private static String message(Tags tags) {
    List<String> parts = new ArrayList<>();
    int done = 0;
    for (MatchResult field : tags.messageFields()) {
      parts.add(Sql.string(tags.message().substring(done, field.start())));
      parts.add("COALESCE(%s, %s)".formatted(text(field.group(1)), Sql.string(field.group())));
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
