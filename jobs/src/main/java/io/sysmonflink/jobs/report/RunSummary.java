package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.pipeline.DetectionPipeline;
import io.sysmonflink.jobs.pipeline.DetectionResults;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a bounded run read and found, added up from what it wrote. So it is exact also where a task
 * failed and ran again, and there when the job ran on a cluster.
 */
public final class RunSummary {

  /** Where it is kept below the output folder. */
  public static final String FILE = "summary.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final SearchWindow window;
  private final Duration duration;

  /** Whether the source counts what it read. */
  private final boolean counted;

  private final ScanTotals scan = new ScanTotals();
  private final Map<Detection, Findings> found = new LinkedHashMap<>();
  private final UnreadableFiles unreadable;
  private final FileFaults faults;
  private final Unfilled unfilled = new Unfilled();
  private final FailOn failOn;
  private long riskEvents;

  /** When the last row was written, by the clock of the machine that did. */
  private Optional<Instant> lastRow = Optional.empty();

  private RunSummary(
      SearchWindow window,
      Duration duration,
      boolean counted,
      UnreadableFiles unreadable,
      FileFaults faults,
      FailOn failOn) {
    this.failOn = failOn;
    this.faults = faults;
    this.counted = counted;
    this.window = window;
    this.duration = duration;
    this.unreadable = unreadable;
  }

  /**
   * Adds up a run's output.
   *
   * @param duration how long the job ran
   * @param failOn which shortfalls the exit status reports
   */
  public static RunSummary of(
      OutputFolder folder,
      DetectionPipeline.Assembled run,
      SearchWindow window,
      Duration duration,
      FailOn failOn)
      throws IOException {
    RunSummary summary =
        new RunSummary(
            window,
            duration,
            run.tallies(),
            UnreadableFiles.of(folder),
            FileFaults.of(folder),
            failOn);
    folder.forEachRow(
        "scan_summary",
        tally -> {
          summary.scan.add(tally);
          summary.unfilled.add(tally);
        });
    summary.riskEvents = folder.rows("risk_events");
    Map<String, Findings> findings = new LinkedHashMap<>();
    folder.forEachRow(
        "search_summary",
        row ->
            findings.merge(
                row.path("detection").asText(), Findings.none().plus(row), (f, n) -> f.plus(row)));
    for (DetectionResults result : run.results()) {
      Detection detection = result.detection();
      String name = detection.name();
      findings.putIfAbsent(name, Findings.none());
      folder.forEachRow(
          "detection_results/" + name,
          row -> findings.computeIfPresent(name, (n, f) -> f.plusRow(row.path("count").asLong())));
      summary.found.put(detection, findings.get(name));
      summary.written(folder.lastWritten("detection_results/" + name));
    }
    for (String other : List.of("scan_summary", "search_summary", "risk_events", "dead_letter")) {
      summary.written(folder.lastWritten(other));
    }
    return summary;
  }

  private void written(Optional<Instant> time) {
    lastRow = Stream.concat(lastRow.stream(), time.stream()).max(Comparator.naturalOrder());
  }

  /**
   * From the first byte read to the last row written: the job without its start and its end, which
   * take the same time for any log. Nothing where the source or the file system gives no times.
   */
  private Optional<Double> searchSeconds() {
    return lastRow
        .filter(last -> scan.began() != null)
        .map(last -> Math.max(0, Duration.between(scan.began(), last).toMillis()) / 1000.0);
  }

  /** Prints it, a few lines. */
  public void print(PrintWriter err) {
    if (counted) {
      printScan(err);
    } else {
      line(err, "done in %.1f s".formatted(duration.toMillis() / 1000.0));
    }
    found.forEach(
        (detection, findings) -> {
          line(err, detection.name() + ": " + described(detection, findings));
          if (findings.lackingCount() > 0 && !NothingFound.isForLackOfFields(findings)) {
            line(err, detection.name() + ": " + findings.lackingInWords());
          }
        });
    line(err, plural(riskEvents, "risk event"));
    err.flush();
  }

  private void printScan(PrintWriter err) {
    line(
        err,
        "%s read (%s in %.1f s%s): %s, %s, %s"
            .formatted(
                plural(scan.records(), "record"),
                plural(scan.bytes(), "byte"),
                duration.toMillis() / 1000.0,
                searchSeconds().map("; %.1f s from first byte to last row"::formatted).orElse(""),
                counted(scan.decoded(), "decoded", scan.shapes()),
                counted(scan.skippedCount(), "of other event ids skipped", scan.skipped()),
                counted(scan.deadLetterCount(), "dead letters", scan.deadLetters())));
    if (scan.decoded() > 0) {
      line(err, "providers of the decoded events: " + ScanTotals.listed(scan.providers()));
    }
    peculiarities().forEach(text -> line(err, text));
    unreadable.lines().forEach(text -> line(err, text));
    faults.lines().forEach(text -> line(err, text));
    unfilled.lines().forEach(text -> line(err, text));
    if (scan.bytes() == 0 && scan.records() == 0) {
      line(err, "warning: nothing was read: the input is empty");
    }
  }

  private List<String> peculiarities() {
    List<String> lines = new ArrayList<>();
    if (scan.lists() > 0) {
      lines.add("decoded events with a list in place of a value: %,d".formatted(scan.lists()));
    }
    if (scan.repaired() > 0) {
      lines.add(
          "decoded events with characters that XML forbids, now U+FFFD: %,d"
              .formatted(scan.repaired()));
    }
    if (scan.framing() > 0) {
      lines.add(
          "texts before an event on its line, no records: %,d (%s)"
              .formatted(scan.framing(), plural(scan.framingBytes(), "byte")));
    }
    return lines;
  }

  /**
   * Why the run ends with the exit status for a run that did not read all; empty if it does not.
   */
  public Optional<String> failure() {
    return notAllRead().failure().map(Printable::line);
  }

  private NotAllRead notAllRead() {
    long lacking = found.values().stream().mapToLong(Findings::lackingCount).sum();
    return new NotAllRead(scan, unreadable.count(), faults, unfilled.events(), lacking, failOn);
  }

  private String described(Detection detection, Findings findings) {
    return findings.rows() == 0
        ? "no results: " + reason(detection, findings)
        : plural(findings.events(), "event") + " in " + plural(findings.rows(), "row");
  }

  private static String counted(long count, String what, Map<String, Long> counts) {
    return "%,d %s%s".formatted(count, what, count == 0 ? "" : ": " + ScanTotals.listed(counts));
  }

  /** The same and more for programs, as JSON. */
  public String json() throws JsonProcessingException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", window.earliest().toString());
    json.put("to", window.latest().toString());
    json.put("seconds", duration.toMillis() / 1000.0);
    if (counted) {
      json.put("records", scan.records());
      json.put("bytes", scan.bytes());
      json.put("decoded", scan.decoded());
      json.put("skipped", scan.skipped());
      json.put("dead_letters", scan.deadLetters());
      json.put("shapes", scan.shapes());
      json.put("providers", scan.providers());
      json.put("oldest", scan.oldest() == null ? null : scan.oldest().toString());
      json.put("newest", scan.newest() == null ? null : scan.newest().toString());
      json.put("search_seconds", searchSeconds().orElse(null));
      json.put("lists", scan.lists());
      json.put("repaired", scan.repaired());
      json.put("framing", scan.framing());
      json.put("framing_bytes", scan.framingBytes());
      json.put("unreadable_files", unreadable.json());
      json.put("not_read_to_the_end", faults.unreadableJson());
      json.put("changed_files", faults.changedJson());
      json.put("appended_bytes", faults.appendedBytes());
      json.put("unfilled", unfilled.json());
    }
    json.put("not_all_read", notAllRead().shortfalls().stream().map(Shortfall::label).toList());
    json.put("risk_events", riskEvents);
    List<Map<String, Object>> detections = new ArrayList<>();
    found.forEach((detection, findings) -> detections.add(json(detection, findings)));
    json.put("detections", detections);
    return JSON.writeValueAsString(json);
  }

  private Map<String, Object> json(Detection detection, Findings findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("detection", detection.name());
    json.put("rows", findings.rows());
    json.put("events", findings.events());
    json.put("rows_before_filter", findings.matchedRows());
    json.put("events_before_filter", findings.matchedEvents());
    json.put("lacking", findings.lacking());
    if (findings.rows() == 0) {
      json.put("no_results", reason(detection, findings));
    }
    return json;
  }

  private String reason(Detection detection, Findings findings) {
    return new NothingFound(scan, counted, window).reason(detection, findings);
  }

  private static void line(PrintWriter err, String text) {
    err.println(Printable.line(text));
  }

  /** A number and what it counts, {@code 1 row}, {@code 2,000 rows}. */
  public static String plural(long count, String noun) {
    return "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
  }
}
