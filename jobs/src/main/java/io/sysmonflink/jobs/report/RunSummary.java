package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.pipeline.DetectionResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a bounded run read and found, added up from what it wrote. */
public final class RunSummary {

  /** Of one detection: the rows of its results and the events behind them. */
  private record Found(long rows, long events) {}

  private final Map<String, Found> found = new LinkedHashMap<>();
  private final SortedMap<String, Long> deadLetters = new TreeMap<>();
  private long riskEvents;
  private long records;
  private long bytes;
  private long decoded;
  private long skipped;

  private RunSummary() {}

  /** Adds up a run's output. */
  public static RunSummary of(OutputFolder folder, List<DetectionResults> results)
      throws IOException {
    RunSummary summary = new RunSummary();
    for (DetectionResults result : results) {
      String name = result.detection().name();
      summary.found.put(name, new Found(0, 0));
      folder.forEachRow(
          "detection_results/" + name,
          row ->
              summary.found.computeIfPresent(
                  name, (n, f) -> new Found(f.rows + 1, f.events + row.path("count").asLong())));
    }
    folder.forEachRow("risk_events", row -> summary.riskEvents++);
    folder.forEachRow(
        "dead_letter",
        row -> summary.deadLetters.merge(row.path("error_type").asText(), 1L, Long::sum));
    folder.forEachRow("scan_summary", summary::addScan);
    return summary;
  }

  private void addScan(JsonNode tally) {
    records += tally.path("records").asLong();
    bytes += tally.path("bytes").asLong();
    decoded += tally.path("decoded").asLong();
    for (JsonNode count : tally.path("skipped")) {
      skipped += count.asLong();
    }
  }

  /** Prints it, a few lines. */
  public void print(PrintWriter err) {
    if (records > 0) {
      err.println(
          "%s read (%s): %,d decoded, %,d of other event ids skipped"
              .formatted(plural(records, "record"), plural(bytes, "byte"), decoded, skipped));
    }
    if (!deadLetters.isEmpty()) {
      long total = deadLetters.values().stream().mapToLong(Long::longValue).sum();
      String types =
          deadLetters.entrySet().stream()
              .map(type -> "%s %,d".formatted(type.getKey(), type.getValue()))
              .collect(Collectors.joining(", "));
      err.println(Printable.line("%s: %s".formatted(plural(total, "dead letter"), types)));
    }
    found.forEach(
        (name, f) ->
            err.println(
                "%s: %s in %s".formatted(name, plural(f.events, "event"), plural(f.rows, "row"))));
    err.println(plural(riskEvents, "risk event"));
    err.flush();
  }

  static String plural(long count, String noun) {
    return "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
  }
}
