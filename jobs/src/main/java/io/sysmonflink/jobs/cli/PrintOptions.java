package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.report.FoundRows;
import io.sysmonflink.jobs.report.ResultsFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** How rows are printed to the console. */
final class PrintOptions {

  @Option(
      names = "--format",
      paramLabel = "table|csv|json",
      description =
          "How rows are printed to the console: as tables unless told otherwise. csv has the tables' columns, json a"
              + " line for each row with all columns that there are.")
  private ResultsFormat format;

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "${env:COLUMNS:-0}",
      description =
          "Fit tables into so many columns, 0 for no limit: the terminal's width unless told otherwise.")
  private int width;

  /** Whether the user chose a format. */
  boolean isGiven() {
    return format != null;
  }

  /** Prints rows to standard output. */
  void print(List<FoundRows> found, PrintWriter out) throws IOException {
    (format == null ? ResultsFormat.TABLE : format).print(found, width, out);
    out.flush();
  }
}
