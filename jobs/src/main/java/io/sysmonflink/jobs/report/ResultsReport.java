package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.pipeline.DetectionResults;
import io.sysmonflink.jobs.report.ResultsFormat.FoundRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Prints a run's results, each detection's newest first. */
public final class ResultsReport {

  private final OutputFolder folder;
  private final ResultsFormat format;
  private final int width;

  /**
   * Takes what was found and how to show it.
   *
   * @param width characters in a line of a table, 0 for no limit
   */
  public ResultsReport(OutputFolder folder, ResultsFormat format, int width) {
    this.folder = folder;
    this.format = format;
    this.width = width;
  }

  /** Prints the results of these detections. */
  public void print(List<DetectionResults> results, PrintWriter out) throws IOException {
    List<FoundRows> found = new ArrayList<>();
    for (DetectionResults result : results) {
      List<JsonNode> rows = new ArrayList<>();
      folder.forEachRow("detection_results/" + result.detection().name(), rows::add);
      rows.sort(Comparator.comparing(ResultsReport::lastSeen).reversed());
      found.add(new FoundRows(result, rows));
    }
    format.print(found, width, out);
    out.flush();
  }

  private static Instant lastSeen(JsonNode row) {
    return Instant.parse(row.path("last_seen").asText());
  }
}
