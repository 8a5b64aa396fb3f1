package io.sysmonflink.jobs.explain;

import io.sysmonflink.jobs.report.RunSummary;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what there is to say of each record, as it comes, and in the end how many there were. */
public final class ExplainReport {

  /** How a record is printed. */
  interface Form {
    String print(Explained record);
  }

  /** What forms there are. */
  public enum Format {
    /** For people. */
    TEXT,
    /** For programs: a line for each record. */
    JSON
  }

  private final Form form;
  private final PrintWriter out;
  private final PrintWriter err;
  private long records;
  private final Map<String, Long> matches = new LinkedHashMap<>();

  /**
   * Takes where to print.
   *
   * @param out takes the records
   * @param err takes how many there were
   */
  public ExplainReport(Format format, PrintWriter out, PrintWriter err) {
    this.form = format == Format.JSON ? new ExplainJson() : new ExplainText();
    this.out = out;
    this.err = err;
  }

  /** Reads all records and prints them. */
  public void print(Explainer explainer) throws Exception {
    explainer.run(this::print);
    out.flush();
    err.println(
        RunSummary.plural(records, "record")
            + matches.entrySet().stream()
                .map(match -> "; %s matches %,d".formatted(match.getKey(), match.getValue()))
                .collect(Collectors.joining()));
    err.flush();
  }

  private void print(Explained record) {
    records++;
    record
        .detections()
        .forEach(
            detection ->
                matches.merge(
                    detection.detection().name(), record.matches(detection) ? 1L : 0L, Long::sum));
    out.println(form.print(record));
  }
}
