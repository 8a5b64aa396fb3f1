package io.sysmonflink.jobs.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;

/** Writes SQL around values that come from outside: whatever they hold, they stay data. */
public final class Sql {

  private Sql() {}

  /**
   * As {@link String#format}, with digits that SQL knows whatever the locale is.
   *
   * @param values of the template
   */
  static String text(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }

  /** A type as SQL has it. Flink writes its lengths in the digits of the locale. */
  static String type(LogicalType type) {
    StringBuilder sql = new StringBuilder();
    type.asSerializableString()
        .codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .forEach(sql::appendCodePoint);
    return sql.toString();
  }

  /**
   * A literal of type STRING. A bare one is a CHAR, and CHARs of two lengths do not go together.
   */
  static String string(String value) {
    return "CAST(" + literal(value) + " AS STRING)";
  }

  static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A name in backticks. */
  public static String identifier(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /**
   * The rows of all queries, of which there is one at least. As a tree of few levels: the planner
   * prints each UNION with all below it, so that a chain of a hundred takes it seconds.
   */
  static String unionAll(List<String> queries) {
    if (queries.size() == 1) {
      return queries.get(0);
    }
    int half = queries.size() / 2;
    return operand(queries.subList(0, half))
        + "\nUNION ALL\n"
        + operand(queries.subList(half, queries.size()));
  }

  private static String operand(List<String> queries) {
    return queries.size() == 1 ? queries.get(0) : "(" + unionAll(queries) + ")";
  }

  static String timestamp(String utc) {
    return "CAST(" + literal(utc) + " AS TIMESTAMP_LTZ(3))";
  }

  /**
   * An array of strings; of none it is NULL, since Flink has no empty array, and Splunk no empty
   * field.
   */
  static String strings(Collection<String> expressions) {
    return expressions.isEmpty()
        ? "CAST(NULL AS ARRAY<STRING>)"
        : expressions.stream().collect(Collectors.joining(", ", "ARRAY[", "]"));
  }
}
