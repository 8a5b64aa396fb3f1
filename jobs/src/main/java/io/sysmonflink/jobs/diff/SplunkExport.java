package io.sysmonflink.jobs.diff;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.report.TextTable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Splunk exported.
 *
 * @param file its name
 * @param ignored the columns that say nothing that is compared, in the order of the header
 * @param rows all rows, in the order of the file
 */
record SplunkExport(String file, List<String> ignored, List<ResultRow> rows) {

  /** The columns that must be there besides the by-fields. */
  static final List<String> STATS = List.of("count", "firstTime", "lastTime");

  /**
   * Reads the rows.
   *
   * @param byFields the columns that identify a row
   * @param zone the time zone of the Splunk user who ran the search
   * @throws UserError if the file is not CSV, lacks a column, or holds a value that is no count or
   *     no time
   */
  static SplunkExport read(CsvFile csv, List<String> byFields, ZoneId zone) {
    int[] keys = byFields.stream().mapToInt(name -> column(csv, name)).toArray();
    int count = column(csv, "count");
    int firstTime = column(csv, "firstTime");
    int lastTime = column(csv, "lastTime");

    List<ResultRow> rows = new ArrayList<>();
    for (Optional<List<String>> next = csv.next(); next.isPresent(); next = csv.next()) {
      List<String> row = next.get();
      List<String> key = new ArrayList<>(keys.length);
      for (int column : keys) {
        key.add(RowKey.value(row.get(column)));
      }
      rows.add(
          new ResultRow(
              new RowKey(key),
              count(csv, row.get(count)),
              time(csv, "firstTime", row.get(firstTime), zone),
              time(csv, "lastTime", row.get(lastTime), zone),
              csv.line()));
    }
    Set<String> ignored = new LinkedHashSet<>(csv.header());
    byFields.forEach(ignored::remove);
    STATS.forEach(ignored::remove);
    return new SplunkExport(csv.file().toString(), List.copyOf(ignored), rows);
  }

  private static int column(CsvFile csv, String name) {
    int column = csv.header().indexOf(name);
    if (column < 0) {
      throw new UserError(
          "%s: line 1: expected a column %s, and found %s"
              .formatted(csv.file(), name, shown(String.join(", ", csv.header()))));
    }
    if (csv.header().lastIndexOf(name) != column) {
      throw new UserError("%s: line 1: has two columns %s".formatted(csv.file(), name));
    }
    return column;
  }

  private static long count(CsvFile csv, String text) {
    if (!text.matches("\\d{1,18}")) {
      throw csv.error("count", "expected a whole number, and found '%s'".formatted(shown(text)));
    }
    return Long.parseLong(text);
  }

  private static ResultTime time(CsvFile csv, String column, String text, ZoneId zone) {
    try {
      return ResultTime.parse(text, zone);
    } catch (DateTimeException e) {
      throw csv.error(
          column,
          "expected a time like 2024-09-30T18:00:00, and found '%s'".formatted(shown(text)));
    }
  }

  private static String shown(String text) {
    return TextTable.shortened(text, CsvFile.SHOWN);
  }
}
