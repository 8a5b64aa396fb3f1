package io.sysmonflink.jobs.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** A table of text, its columns as wide as they need be, or narrower to fit a terminal. */
public final class TextTable {

  private static final String GAP = "  ";
  private static final String CUT = "...";
  private static final int NARROWEST = 12;

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  public TextTable(String... header) {
    columns = header.length;
    row(header);
  }

  /** Adds a row of as many cells as the header has. */
  public TextTable row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
    }
    rows.add(Arrays.stream(cells).map(Printable::line).toList());
    return this;
  }

  /**
   * The table without a new line at its end.
   *
   * @param width characters in a line, 0 for no limit; a table that cannot be made so narrow is
   *     wider
   */
  public String render(int width) {
    int[] widths = fit(naturalWidths(), width);
    boolean[] numeric = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      int c = column;
      numeric[column] =
          rows.size() > 1 && rows.stream().skip(1).allMatch(row -> row.get(c).matches("\\d+"));
    }
    StringJoiner table = new StringJoiner("\n");
    for (int i = 0; i < rows.size(); i++) {
      StringJoiner line = new StringJoiner(GAP);
      for (int column = 0; column < columns; column++) {
        line.add(
            padded(
                shortened(rows.get(i).get(column), widths[column]),
                widths[column],
                numeric[column]));
      }
      table.add(line.toString().stripTrailing());
      if (i == 0) {
        table.add(rule(widths));
      }
    }
    return table.toString();
  }

  private int[] naturalWidths() {
    return IntStream.range(0, columns)
        .map(column -> rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0))
        .toArray();
  }

  // The widest column gives way first, so that short ones stay whole.
  private static int[] fit(int[] natural, int width) {
    int[] widths = natural.clone();
    int over = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - width;
    while (width > 0 && over > 0) {
      int widest = 0;
      for (int column = 1; column < widths.length; column++) {
        widest = widths[column] > widths[widest] ? column : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
      over--;
    }
    return widths;
  }

  /**
   * A text of at most so many characters, which must be 4 or more; cut in the middle, since both
   * ends of a path or a domain name matter.
   */
  public static String shortened(String cell, int width) {
    int[] characters = cell.codePoints().toArray();
    if (characters.length <= width) {
      return cell;
    }
    int kept = width - CUT.length();
    int head = kept / 3;
    int tail = kept - head;
    return new String(characters, 0, head)
        + CUT
        + new String(characters, characters.length - tail, tail);
  }

  private static String padded(String cell, int width, boolean right) {
    String pad = " ".repeat(width - length(cell));
    return right ? pad + cell : cell + pad;
  }

  private static String rule(int[] widths) {
    return Arrays.stream(widths).mapToObj("-"::repeat).reduce((a, b) -> a + GAP + b).orElse("");
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
