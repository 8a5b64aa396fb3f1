package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.report.FoundRows;
import io.sysmonflink.jobs.report.Printable;
import io.sysmonflink.jobs.report.ResultsFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How rows are printed to the console. */
final class PrintOptions {

  @Option(
      names = "--format",
      paramLabel = "table|csv|csv-excel|json",
      description =
          "How rows are printed to the console; default: table. csv has the tables' columns; csv-excel"
              + " too, with ' before what a spreadsheet would take for a formula; json is a line for each row with all"
              + " columns that there are.")
  private ResultsFormat format;

  @Mixin private WidthOption width;

  /** Whether the user chose a format. */
  boolean isGiven() {
    return format != null;
  }

  private static boolean isTerminal() {
    return "1".equals(System.getenv("DETECT_OUT_TERMINAL"));
  }

  /** Prints rows to standard output. */
  void print(List<FoundRows> found, PrintWriter out) throws IOException {
    ResultsFormat chosen = format == null ? ResultsFormat.TABLE : format;
    if (isTerminal()) {
      StringWriter text = new StringWriter();
      chosen.print(found, width.columns(), new PrintWriter(text));
      // What came from a log must not steer the terminal; to a pipe or file it goes as it is.
      text.toString().lines().map(Printable::line).forEach(out::println);
    } else {
      chosen.print(found, width.columns(), out);
    }
    out.flush();
  }
}
