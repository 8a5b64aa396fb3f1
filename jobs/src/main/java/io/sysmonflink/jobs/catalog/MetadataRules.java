package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.catalog.DetectionMetadata.Observable;
import io.sysmonflink.jobs.catalog.DetectionMetadata.Tags;
import io.sysmonflink.jobs.catalog.DetectionMetadata.Throttling;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;

/** What must hold between the values of a detection's YAML, and between them and its SQL. */
public final class MetadataRules {

  private static final String TECHNIQUE = "T\\d{4}(\\.\\d{3})?";

  private MetadataRules() {}

  static void check(Detection detection) {
    DetectionMetadata metadata = detection.metadata();
    Tags tags = metadata.tags();
    SqlFile yaml = detection.metadataFile();
    checkPercent(yaml, "tags.confidence", tags.confidence());
    checkPercent(yaml, "tags.impact", tags.impact());
    long score = Math.round(tags.confidence() * tags.impact() / 100.0);
    if (tags.riskScore() != score) {
      throw yaml.error(
          "tags.risk_score: is %d, but confidence %d x impact %d / 100 is %d"
              .formatted(tags.riskScore(), tags.confidence(), tags.impact(), score));
    }
    try {
      LocalDate.parse(metadata.date());
    } catch (DateTimeParseException e) {
      throw new UserError(
          yaml.error("date: '" + metadata.date() + "' is not a date like 2024-09-30").getMessage(),
          e);
    }
    for (String technique : tags.mitreAttackId()) {
      if (!technique.matches(TECHNIQUE)) {
        throw yaml.error(
            "tags.mitre_attack_id: '" + technique + "' is not like T1102 or T1059.005");
      }
    }
    if (tags.throttling() != null) {
      checkThrottling(yaml, tags.throttling());
    }
    checkEventCodes(detection);
  }

  private static void checkThrottling(SqlFile yaml, Throttling throttling) {
    if (throttling.fields().isEmpty()) {
      throw yaml.error("tags.throttling.fields: names no field");
    }
    if (throttling.duration().isEmpty()) {
      throw yaml.error(
          "tags.throttling.period: '%s' is not like 86400s, 60m or 24h"
              .formatted(throttling.period()));
    }
  }

  private static void checkPercent(SqlFile yaml, String key, int value) {
    if (value < 0 || value > 100) {
      throw yaml.error(key + ": " + value + " is not between 0 and 100");
    }
  }

  private static void checkEventCodes(Detection detection) {
    SortedSet<Integer> declared = new TreeSet<>(detection.metadata().eventCodes());
    Optional<SortedSet<Integer>> queried = EventCodes.of(detection.query().text());
    if (queried.isEmpty()) {
      throw detection
          .query()
          .error(
              "its WHERE must say which events it reads, as EventCode = 22 or EventCode IN (1, 22)");
    }
    if (!queried.get().equals(declared)) {
      throw detection
          .metadataFile()
          .error(
              "event_codes: says %s, but the WHERE of %s reads %s"
                  .formatted(declared, detection.query().display(), queried.get()));
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
        throw detection
            .metadataFile()
            .error("tags.message: " + field.group() + notProduced(detection, columns));
      }
    }
    List<Observable> observables = tags.observable();
    for (int i = 0; i < observables.size(); i++) {
      if (!columns.contains(observables.get(i).name())) {
        throw detection
            .metadataFile()
            .error(
                "tags.observable[%d].name: %s%s"
                    .formatted(i, observables.get(i).name(), notProduced(detection, columns)));
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
      throw detection
          .metadataFile()
          .error(
              "tags.throttling.fields: %s must be among %s, by which %s groups"
                  .formatted(
                      throttling.fields(),
                      String.join(", ", byFields),
                      detection.query().display()));
    }
  }

  private static String notProduced(Detection detection, Collection<String> columns) {
    return " is no column of %s, which gives %s"
        .formatted(detection.query().display(), String.join(", ", columns));
  }
}
