package io.sysmonflink.jobs.explain;

import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;

/**
 * The expressions that a query is to tell of each record, in two arrays: conditions as BOOLEAN and
 * compared values as STRING.
 */
final class Columns {

  // Flink has no empty array, hence a first member that nobody asks for.
  private final List<String> conditions = new ArrayList<>(List.of("CAST(NULL AS BOOLEAN)"));
  private final List<String> values = new ArrayList<>(List.of("CAST(NULL AS STRING)"));

  /** Adds a condition and returns its place. */
  int condition(SqlNode condition) {
    conditions.add("CAST(" + SqlSyntax.sql(condition) + " AS BOOLEAN)");
    return conditions.size() - 1;
  }

  /** Adds a value and returns its place. */
  int value(SqlNode value) {
    values.add("CAST(" + SqlSyntax.sql(value) + " AS STRING)");
    return values.size() - 1;
  }

  String conditionsSql() {
    return array(conditions);
  }

  String valuesSql() {
    return array(values);
  }

  private static String array(List<String> expressions) {
    return expressions.stream().collect(Collectors.joining(",\n    ", "ARRAY[", "]"));
  }

  /** What a query told of one record, each by its place; null where SQL says NULL. */
  record Told(List<Boolean> conditions, List<String> values) {}
}
