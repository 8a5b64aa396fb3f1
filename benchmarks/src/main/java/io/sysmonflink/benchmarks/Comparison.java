package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Compares what two contenders found, row by row: a time counts only where the answers agree. */
final class Comparison {

  private Comparison() {}

  /**
   * Does nothing where the rows are the same, and there are some.
   *
   * @throws IOException otherwise; its message tells how many differ, and the first
   */
  static void check(String where, List<String> expected, Contender contender, List<String> rows)
      throws IOException {
    String who = "%s: %s with %d threads".formatted(where, contender.name(), contender.threads());
    if (rows.size() < 2) {
      throw new IOException(who + " found nothing, so there is nothing to compare");
    }
    if (rows.equals(expected)) {
      return;
    }
    List<String> more = without(rows, expected);
    List<String> less = without(expected, rows);
    throw new IOException(
        "%s differs from the first run: %d rows more, %d less, such as %s"
            .formatted(who, more.size(), less.size(), more.isEmpty() ? less.get(0) : more.get(0)));
  }

  /** One for one: a row that is there twice must be there twice in both. */
  private static List<String> without(List<String> rows, List<String> others) {
    List<String> rest = new ArrayList<>();
    int i = 0;
    for (String row : rows.subList(1, rows.size())) {
      while (i + 1 < others.size() && others.get(i + 1).compareTo(row) < 0) {
        i++;
      }
      if (i + 1 < others.size() && others.get(i + 1).equals(row)) {
        i++;
      } else {
        rest.add(row);
      }
    }
    return rest;
  }
}
