package io.sysmonflink.jobs.diff;

import io.sysmonflink.jobs.report.Printable;
import io.sysmonflink.jobs.report.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints differences for people: a table for each group of rows, every value safe to show. */
public final class DiffTables {

  /** Characters of a value; a table pads every row to its longest. */
  private static final int MAX_VALUE = 200;

  private final Differences differences;
  private final int width;
  private final Set<KnownDifference> named = EnumSet.noneOf(KnownDifference.class);

  /**
   * Takes what to print and the room for it.
   *
   * @param width characters in a line, 0 for no limit
   */
  public DiffTables(Differences differences, int width) {
    this.differences = differences;
    this.width = width;
  }

  /** Prints them. */
  public void print(PrintWriter out) {
    head(out);
    out.println("same: " + rows(differences.same()));
    unpaired(out, "only in Splunk", differences.onlyInSplunk(), true);
    unpaired(out, "only here", differences.onlyHere(), false);
    different(out);
    legend(out);
    out.flush();
  }

  private void head(PrintWriter out) {
    out.println(differences.detection());
    List<ResultRow> exported = differences.export().rows();
    String times =
        exported.isEmpty()
            ? ""
            : ", times from %s to %s UTC"
                .formatted(
                    Collections.min(exported.stream().map(ResultRow::firstTime).toList()),
                    Collections.max(exported.stream().map(ResultRow::lastTime).toList()));
    out.println("Splunk: %s%s".formatted(rows(exported.size()), times));
    out.println(
        "here: %s%s"
            .formatted(
                rows(differences.rowsHere()),
                differences
                    .earliest()
                    .map(
                        from ->
                            ", searched from %s to %s"
                                .formatted(from, differences.latest().orElseThrow()))
                    .orElse("")));
    for (String note : differences.notes()) {
      out.println(Printable.line("note: " + note));
    }
    out.println();
  }

  private void unpaired(
      PrintWriter out, String title, List<Differences.Unpaired> rows, boolean numbered) {
    out.println("%s: %s".formatted(title, rows(rows.size())));
    if (rows.isEmpty()) {
      return;
    }
    List<String> header = new ArrayList<>();
    if (numbered) {
      header.add("line");
    }
    header.addAll(differences.byFields());
    header.addAll(SplunkExport.STATS);
    header.add("known");
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Differences.Unpaired unpaired : rows) {
      ResultRow row = unpaired.row();
      List<String> cells = new ArrayList<>();
      if (numbered) {
        cells.add(String.valueOf(row.line()));
      }
      row.key().values().forEach(value -> cells.add(cell(value)));
      cells.add(String.valueOf(row.count()));
      cells.add(row.firstTime().toString());
      cells.add(row.lastTime().toString());
      cells.add(known(unpaired.known()));
      table.row(cells.toArray(String[]::new));
    }
    print(out, table);
  }

  private void different(PrintWriter out) {
    List<Differences.Different> rows = differences.different();
    out.println("different: " + rows(rows.size()));
    if (rows.isEmpty()) {
      return;
    }
    List<String> header = new ArrayList<>(differences.byFields());
    header.addAll(List.of("column", "Splunk", "here", "known"));
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Differences.Different row : rows) {
      for (Differences.Change change : row.changes()) {
        List<String> cells = new ArrayList<>();
        row.pair().here().key().values().forEach(value -> cells.add(cell(value)));
        cells.add(change.column());
        cells.add(cell(change.splunk()));
        cells.add(cell(change.here()));
        cells.add(known(change.known()));
        table.row(cells.toArray(String[]::new));
      }
    }
    print(out, table);
  }

  private void print(PrintWriter out, TextTable table) {
    out.println(table.render(width));
    out.println();
  }

  private static String cell(String value) {
    return TextTable.shortened(value, MAX_VALUE);
  }

  // In the table its code: a sentence would not survive the width of a terminal.
  private String known(List<KnownDifference> known) {
    named.addAll(known);
    return known.isEmpty()
        ? "none"
        : known.stream().map(KnownDifference::code).collect(Collectors.joining(" "));
  }

  private void legend(PrintWriter out) {
    if (!named.isEmpty()) {
      out.println("known differences:");
      named.forEach(known -> out.println("  %s: %s".formatted(known.code(), known.text())));
    }
  }

  private static String rows(long count) {
    return "%,d %s".formatted(count, count == 1 ? "row" : "rows");
  }
}
