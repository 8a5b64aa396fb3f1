package io.sysmonflink.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a backfill wrote with {@code --output}.
 *
 * @param seconds from the first byte read to the last row written, by its summary
 * @param rows as lines of CSV with a header
 */
record DetectOutput(double seconds, List<String> rows) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads it.
   *
   * @throws IOException also when the job has not read every event
   */
  static DetectOutput read(Path folder, long events) throws IOException {
    JsonNode summary = JSON.readTree(folder.resolve("summary.json").toFile());
    if (summary.path("records").asLong() != events || !summary.path("dead_letters").isEmpty()) {
      throw new IOException(
          "detect read %s records of %d events, dead letters: %s"
              .formatted(summary.path("records"), events, summary.path("dead_letters")));
    }
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("detection_results"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        for (String line : Files.readAllLines(file)) {
          rows.add(row(JSON.readTree(line)).csv());
        }
      }
    }
    rows.sort(null);
    rows.add(0, ResultRow.header());
    return new DetectOutput(summary.path("search_seconds").asDouble(), rows);
  }

  private static ResultRow row(JsonNode json) {
    return new ResultRow(
        ResultRow.COLUMNS.stream().map(column -> json.path(column).asText()).toList());
  }
}
