package io.sysmonflink.jobs.explain;

import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * A condition of an SQL file, taken apart at AND and OR, and where in {@link Columns} its parts are
 * decided.
 */
sealed interface Clause {

  /** What a record's values make of it. */
  Verdict of(Columns.Told told);

  /** Parts that AND or OR joins. */
  record Joined(boolean all, List<Clause> parts, int condition) implements Clause {

    @Override
    public Verdict of(Columns.Told told) {
      List<Verdict> verdicts = parts.stream().map(part -> part.of(told)).toList();
      Boolean result =
          condition > 0 ? told.conditions().get(condition) : Verdict.joined(all, verdicts);
      return new Verdict(all ? "all of" : "one of", result, Map.of(), List.of(), verdicts);
    }
  }

  /**
   * One comparison.
   *
   * @param text as people read it
   * @param values where the values are that it compares, by the SQL of each
   * @param patterns where each pattern of a WILDCARD_IN is decided on its own
   */
  record Comparison(
      String text, int condition, Map<String, Integer> values, Map<String, Integer> patterns)
      implements Clause {

    @Override
    public Verdict of(Columns.Told told) {
      Map<String, String> compared = new LinkedHashMap<>();
      values.forEach((sql, place) -> compared.put(sql, told.values().get(place)));
      List<String> matching =
          patterns.entrySet().stream()
              .filter(pattern -> Boolean.TRUE.equals(told.conditions().get(pattern.getValue())))
              .map(Map.Entry::getKey)
              .toList();
      return new Verdict(text, told.conditions().get(condition), compared, matching, List.of());
    }
  }

  /** One that a single record cannot decide. */
  record Undecided(String text) implements Clause {

    @Override
    public Verdict of(Columns.Told told) {
      return new Verdict(text, null, Map.of(), List.of(), List.of());
    }
  }

  /**
   * Takes a condition apart.
   *
   * @param columns where what it takes to decide it is added
   * @param decidable whether a single record can decide a comparison
   */
  static Clause of(SqlNode condition, Columns columns, Predicate<SqlNode> decidable) {
    if (condition.getKind() == SqlKind.AND || condition.getKind() == SqlKind.OR) {
      List<Clause> parts = new ArrayList<>();
      for (SqlNode part : SqlSyntax.joined(condition, condition.getKind())) {
        parts.add(of(part, columns, decidable));
      }
      // Where SQL can, it decides; else what its parts say.
      int place = decidable.test(condition) ? columns.condition(condition) : 0;
      return new Joined(condition.getKind() == SqlKind.AND, parts, place);
    }
    if (!decidable.test(condition)) {
      return new Undecided(text(condition));
    }
    Map<String, Integer> values = new LinkedHashMap<>();
    for (SqlNode value : compared(condition)) {
      values.computeIfAbsent(SqlSyntax.display(value), sql -> columns.value(value));
    }
    Map<String, Integer> patterns = new LinkedHashMap<>();
    if (isWildcardIn(positive(condition))) {
      SqlBasicCall call = (SqlBasicCall) positive(condition);
      for (SqlNode pattern : call.getOperandList().subList(1, call.operandCount())) {
        SqlBasicCall alone =
            new SqlBasicCall(
                call.getOperator(), List.of(call.operand(0), pattern), call.getParserPosition());
        SqlSyntax.text(pattern).ifPresent(text -> patterns.put(text, columns.condition(alone)));
      }
    }
    return new Comparison(text(condition), columns.condition(condition), values, patterns);
  }

  private static boolean isWildcardIn(SqlNode condition) {
    return SqlSyntax.isCall(condition, "WILDCARD_IN");
  }

  /** A condition without its NOT. */
  private static SqlNode positive(SqlNode condition) {
    return condition.getKind() == SqlKind.NOT ? ((SqlBasicCall) condition).operand(0) : condition;
  }

  // A list of patterns may be long, and those that match are told.
  private static String text(SqlNode condition) {
    SqlNode positive = positive(condition);
    return isWildcardIn(positive)
        ? (positive == condition ? "" : "NOT ")
            + SqlSyntax.display(((SqlBasicCall) positive).operand(0))
            + " IN (...)"
        : SqlSyntax.display(condition);
  }

  /** The sides of a comparison that depend on the record. */
  private static List<SqlNode> compared(SqlNode condition) {
    if (positive(condition) != condition) {
      return compared(positive(condition));
    }
    boolean joined = condition.getKind() == SqlKind.AND || condition.getKind() == SqlKind.OR;
    if (!(condition instanceof SqlBasicCall call) || joined) {
      return List.copyOf(SqlSyntax.all(condition, SqlIdentifier.class));
    }
    return call.getOperandList().stream()
        .filter(operand -> !(operand instanceof SqlLiteral || operand instanceof SqlNodeList))
        .filter(operand -> !SqlSyntax.all(operand, SqlIdentifier.class).isEmpty())
        .toList();
  }
}
