package io.sysmonflink.benchmarks;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A row that a detection found, as text: what is compared.
 *
 * @param values in the order of {@link #COLUMNS}
 */
record ResultRow(List<String> values) {
  static final List<String> COLUMNS =
      List.of(
          "detection",
          "Image",
          "QueryName",
          "QueryStatus",
          "process_name",
          "QueryResults",
          "dest",
          "count",
          "firstTime",
          "lastTime");

  static String header() {
    return String.join(",", COLUMNS);
  }

  /** As a line of CSV, every value in quotes. */
  String csv() {
    return values.stream()
        .map(value -> '"' + value.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(","));
  }
}
