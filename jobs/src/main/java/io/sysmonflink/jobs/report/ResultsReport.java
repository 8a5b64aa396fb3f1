package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.pipeline.DetectionResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Prints each detection's results as a table, newest first, with the columns that the SPL search
 * shows.
 */
public final class ResultsReport {

  /** In the results for programs' sake; firstTime and lastTime say the same to people. */
  private static final Set<String> NOT_SHOWN = Set.of("first_seen", "last_seen", "activity");

  private final OutputFolder folder;
  private final int width;

  /**
   * Takes what was found and the room to show it.
   *
   * @param width characters in a line, 0 for no limit
   */
  public ResultsReport(OutputFolder folder, int width) {
    this.folder = folder;
    this.width = width;
  }

  /** Prints one table for each detection. */
  public void print(List<DetectionResults> results, PrintWriter out) throws IOException {
    for (DetectionResults result : results) {
      List<JsonNode> rows = new ArrayList<>();
      folder.forEachRow("detection_results/" + result.detection().name(), rows::add);
      rows.sort(Comparator.comparing(ResultsReport::lastSeen).reversed());
      out.println(
          "%s: %s"
              .formatted(
                  result.detection().metadata().name(), RunSummary.plural(rows.size(), "row")));
      out.println(rows.isEmpty() ? "(no results)" : table(result, rows));
      out.println();
    }
    out.flush();
  }

  private String table(DetectionResults result, List<JsonNode> rows) {
    String[] columns =
        result.schema().getColumnNames().stream()
            .filter(column -> !NOT_SHOWN.contains(column))
            .toArray(String[]::new);
    TextTable table = new TextTable(columns);
    for (JsonNode row : rows) {
      String[] cells = new String[columns.length];
      for (int i = 0; i < cells.length; i++) {
        JsonNode value = row.path(columns[i]);
        cells[i] = value.isContainerNode() ? value.toString() : value.asText("");
      }
      table.row(cells);
    }
    return table.render(width);
  }

  private static Instant lastSeen(JsonNode row) {
    return Instant.parse(row.path("last_seen").asText());
  }
}
