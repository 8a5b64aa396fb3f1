package io.sysmonflink.jobs.diff;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.DetectionResults;
import io.sysmonflink.jobs.report.OutputFolder;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** The rows of one detection that a run wrote, as {@code sinks/files} has them. */
final class RunResults {

  private final List<String> byFields = new ArrayList<>();
  private final List<ResultRow> rows = new ArrayList<>();
  private Instant earliest;
  private Instant latest;

  private RunResults() {}

  /**
   * Reads them.
   *
   * @throws UserError if they are not what a run writes, or cannot be read
   */
  static RunResults read(OutputFolder folder, String detection) {
    RunResults results = new RunResults();
    forEachRow(folder, folder(detection), results::add);
    return results;
  }

  /** The by-fields that a detection's rows have, in their order; none where there are no rows. */
  static List<String> byFields(OutputFolder folder, String detection) {
    List<String> byFields = new ArrayList<>();
    forEachRow(
        folder,
        folder(detection),
        row -> {
          if (byFields.isEmpty()) {
            byFields.addAll(byFields(row));
          }
        });
    return byFields;
  }

  /** How many records the run could not read. */
  static long deadLetters(OutputFolder folder) {
    long[] count = new long[1];
    forEachRow(folder, "dead_letter", row -> count[0]++);
    return count[0];
  }

  /** In the order of the columns; empty where there are no rows. */
  List<String> byFields() {
    return byFields;
  }

  List<ResultRow> rows() {
    return rows;
  }

  /** The start of the range that was searched, inclusive; null where there are no rows. */
  Instant earliest() {
    return earliest;
  }

  /** The end of the range that was searched, exclusive; null where there are no rows. */
  Instant latest() {
    return latest;
  }

  private void add(JsonNode row) {
    if (byFields.isEmpty()) {
      byFields.addAll(byFields(row));
    }
    List<String> key = new ArrayList<>(byFields.size());
    for (String column : byFields) {
      key.add(RowKey.value(text(row.path(column))));
    }
    Instant from = Instant.parse(required(row, "info_min_time"));
    Instant to = Instant.parse(required(row, "info_max_time"));
    earliest = earliest == null || from.isBefore(earliest) ? from : earliest;
    latest = latest == null || to.isAfter(latest) ? to : latest;
    rows.add(
        new ResultRow(
            new RowKey(key),
            Long.parseLong(required(row, "count")),
            ResultTime.parse(required(row, "firstTime"), ZoneOffset.UTC),
            ResultTime.parse(required(row, "lastTime"), ZoneOffset.UTC),
            0));
  }

  private static List<String> byFields(JsonNode row) {
    List<String> names = new ArrayList<>();
    for (Iterator<String> all = row.fieldNames(); all.hasNext(); ) {
      String name = all.next();
      if (DetectionResults.isByField(name)) {
        names.add(name);
      }
    }
    return names;
  }

  // An array is a field of many values, which Splunk exports as lines.
  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.isObject() ? value.toString() : value.asText("");
    }
    StringJoiner lines = new StringJoiner("\n");
    value.forEach(element -> lines.add(text(element)));
    return lines.toString();
  }

  private static String required(JsonNode row, String column) {
    JsonNode value = row.path(column);
    if (!value.isValueNode() || value.isNull()) {
      throw new IllegalArgumentException("has no " + column);
    }
    return value.asText();
  }

  private static String folder(String detection) {
    return "detection_results/" + detection;
  }

  private static void forEachRow(OutputFolder folder, String path, Consumer<JsonNode> each) {
    try {
      folder.forEachRow(path, each);
    } catch (IOException e) {
      throw new UserError(where(folder, path) + ": cannot be read: " + e.getMessage(), e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UserError(
          where(folder, path) + ": a row is not as a run writes it: " + e.getMessage(), e);
    } catch (RuntimeException e) { // how Jackson's iterator wraps
      if (e.getCause() instanceof IOException io) {
        throw new UserError(where(folder, path) + ": is not JSON lines: " + io.getMessage(), e);
      }
      throw e;
    }
  }

  private static String where(OutputFolder folder, String path) {
    return folder.location().orElse("") + "/" + path;
  }
}
