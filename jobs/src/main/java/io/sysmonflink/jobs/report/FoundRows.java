package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.pipeline.DetectionResults;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Rows to print.
 *
 * @param title what a person calls them
 * @param detection whether they are a detection's, whose name then marks them in one list
 * @param columns what is shown of each in a table, in order
 * @param rows with all their columns, in the order to show them
 */
public record FoundRows(
    String title, boolean detection, List<String> columns, List<JsonNode> rows) {

  /** In the results for programs' sake; firstTime and lastTime say the same to people. */
  private static final Set<String> NOT_SHOWN = Set.of("first_seen", "last_seen", "activity");

  /** What a run wrote of its detections' results, each detection's newest first. */
  public static List<FoundRows> in(OutputFolder folder, List<DetectionResults> results)
      throws IOException {
    List<FoundRows> found = new ArrayList<>();
    for (DetectionResults result : results) {
      List<JsonNode> rows = new ArrayList<>();
      folder.forEachRow("detection_results/" + result.detection().name(), rows::add);
      // Of rows that were last seen at one time, any task may have written the first.
      rows.sort(
          Comparator.comparing(FoundRows::lastSeen).reversed().thenComparing(JsonNode::toString));
      found.add(of(result, rows));
    }
    return found;
  }

  private static Instant lastSeen(JsonNode row) {
    return Instant.parse(row.path("last_seen").asText());
  }

  private static FoundRows of(DetectionResults results, List<JsonNode> rows) {
    List<String> shown =
        results.schema().getColumnNames().stream()
            .filter(column -> !NOT_SHOWN.contains(column))
            .toList();
    return new FoundRows(results.detection().metadata().name(), true, shown, rows);
  }
}
