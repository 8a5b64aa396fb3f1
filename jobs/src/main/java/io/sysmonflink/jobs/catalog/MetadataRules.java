package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.catalog.DetectionMetadata.Observable;
import io.sysmonflink.jobs.catalog.DetectionMetadata.Tags;
import io.sysmonflink.jobs.catalog.DetectionMetadata.Throttling;
import io.sysmonflink.jobs.sql.SqlSyntax;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import org.apache.calcite.sql.SqlNode;

/** What must hold between the values of a detection's YAML, and between them and its SQL. */
public final class MetadataRules {

  private static final String TECHNIQUE = "T\\d{4}(\\.\\d{3})?";

  private MetadataRules() {}

  /**
   * Checks a detection without its columns.
   *
   * @param errors takes each mistake
   */
  static void check(Detection detection, Consumer<UserError> errors) {
    DetectionMetadata metadata = detection.metadata();
    Tags tags = metadata.tags();
    SqlFile yaml = detection.metadataFile();
    if (isPercent(yaml, "tags.confidence", tags.confidence(), errors)
        && isPercent(yaml, "tags.impact", tags.impact(), errors)) {
      long score = Math.round(tags.confidence() * tags.impact() / 100.0);
      if (tags.riskScore() != score) {
        errors.accept(
            error(
                yaml,
                "tags.risk_score",
                "is %d, but confidence %d x impact %d / 100 is %d"
                    .formatted(tags.riskScore(), tags.confidence(), tags.impact(), score)));
      }
    }
    try {
      LocalDate.parse(metadata.date());
    } catch (DateTimeParseException e) {
      errors.accept(
          error(yaml, "date", "'" + metadata.date() + "' is not a date like 2024-09-30", e));
    }
    for (String technique : tags.mitreAttackId()) {
      if (!technique.matches(TECHNIQUE)) {
        errors.accept(
            error(
                yaml,
                "tags.mitre_attack_id",
                "'" + technique + "' is not like T1102 or T1059.005"));
      }
    }
    if (tags.throttling() != null) {
      checkThrottling(yaml, tags.throttling(), errors);
    }
    checkEventCodes(detection, errors);
  }

  private static void checkThrottling(
      SqlFile yaml, Throttling throttling, Consumer<UserError> errors) {
    if (throttling.fields().isEmpty()) {
      errors.accept(error(yaml, "tags.throttling.fields", "names no field"));
    }
    if (throttling.days().isEmpty()) {
      errors.accept(
          error(
              yaml,
              "tags.throttling.period",
              "'" + throttling.period() + "' is not a number of whole days, like 24h or 86400s"));
    }
  }

  private static boolean isPercent(
      SqlFile yaml, String key, int value, Consumer<UserError> errors) {
    boolean percent = value >= 0 && value <= 100;
    if (!percent) {
      errors.accept(error(yaml, key, value + " is not between 0 and 100"));
    }
    return percent;
  }

  private static UserError error(SqlFile yaml, String key, String message) {
    return error(yaml, key, message, null);
  }

  private static UserError error(SqlFile yaml, String key, String message, Throwable cause) {
    return yaml.errorAt(MetadataReader.lineOf(yaml, key), 0, key + ": " + message, cause);
  }

  private static void checkEventCodes(Detection detection, Consumer<UserError> errors) {
    SqlFile query = detection.query();
    Optional<SqlNode> statement = SqlSyntax.read(query.text());
    if (statement.isEmpty() && !new SqlTemplate(query).keys().isEmpty()) {
      return; // it may be SQL when its keys are filled in: the run reads it then
    }
    SortedSet<Integer> declared = new TreeSet<>(detection.metadata().eventCodes());
    Optional<SortedSet<Integer>> queried = EventCodes.of(statement.orElseGet(query::parse));
    if (queried.isEmpty()) {
      errors.accept(
          detection
              .query()
              .error(
                  "its WHERE must say which events it reads, as EventCode = 22 or EventCode IN (1, 22)"));
    } else if (!queried.get().equals(declared)) {
      errors.accept(
          error(
              detection.metadataFile(),
              "event_codes",
              "says %s, but the WHERE of %s reads %s"
                  .formatted(declared, detection.query().display(), queried.get())));
    }
  }

  /**
   * Checks what the YAML says of the result against the columns the query gives.
   *
   * @throws UserError if the message or an observable names another
   */
  public static void checkColumns(Detection detection, Collection<String> columns) {
    Tags tags = detection.metadata().tags();
    for (MatchResult field : tags.messageFields()) {
      if (!columns.contains(field.group(1))) {
        throw error(
            detection.metadataFile(),
            "tags.message",
            field.group() + notProduced(detection, columns));
      }
    }
    List<Observable> observables = tags.observable();
    for (int i = 0; i < observables.size(); i++) {
      if (!columns.contains(observables.get(i).name())) {
        throw error(
            detection.metadataFile(),
            "tags.observable[%d].name".formatted(i),
            observables.get(i).name() + notProduced(detection, columns));
      }
    }
  }

  /**
   * Checks that risk is throttled by fields that tell one row from another.
   *
   * @param byFields what the query groups by
   * @throws UserError if a field is another
   */
  public static void checkThrottling(Detection detection, Collection<String> byFields) {
    Throttling throttling = detection.metadata().tags().throttling();
    if (throttling != null && !byFields.containsAll(throttling.fields())) {
      throw error(
          detection.metadataFile(),
          "tags.throttling.fields",
          "%s must be among %s, by which %s groups"
              .formatted(
                  throttling.fields(), String.join(", ", byFields), detection.query().display()));
    }
  }

  private static String notProduced(Detection detection, Collection<String> columns) {
    return " is no column of %s, which gives %s"
        .formatted(detection.query().display(), String.join(", ", columns));
  }
}
