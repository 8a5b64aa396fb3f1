package io.sysmonflink.jobs.check;

import io.sysmonflink.functions.WildcardIn;
import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.table.data.StringData;

/** Patterns of WILDCARD_IN that match nothing, or nothing that another does not match. */
final class PatternLint implements Lint {

  private static final String FUNCTION = "WILDCARD_IN";

  /**
   * Fields that may well begin and end with a quote: they hold what a person or a program wrote.
   */
  private static final Set<String> FREE_TEXT =
      Set.of("CommandLine", "ParentCommandLine", "Contents", "Details", "Query", "Destination");

  // A character that no pattern has.
  private static final String ANYTHING = "\uFFFF";

  private record Pattern(SqlNode node, String text) {}

  @Override
  public void check(Parsed sql, Consumer<Finding> findings) {
    for (SqlBasicCall call : SqlSyntax.all(sql.statement(), SqlBasicCall.class)) {
      if (SqlSyntax.isCall(call, FUNCTION)) {
        checkCall(sql, call, findings);
      }
    }
  }

  private static void checkCall(Parsed sql, SqlBasicCall call, Consumer<Finding> findings) {
    if (call.operandCount() < 2) {
      findings.accept(
          Finding.error(sql.place(call), FUNCTION + " has no pattern, so nothing can match"));
      return;
    }
    ValueShape shape = ValueShape.of(call.operand(0));
    boolean freeText = SqlSyntax.column(call.operand(0)).filter(FREE_TEXT::contains).isPresent();
    List<Pattern> patterns = new ArrayList<>();
    for (SqlNode operand : call.getOperandList().subList(1, call.operandCount())) {
      SqlSyntax.text(operand).ifPresent(text -> patterns.add(new Pattern(operand, text)));
    }
    for (Pattern pattern : patterns) {
      impossible(pattern.text, shape, freeText)
          .ifPresent(
              reason ->
                  findings.accept(
                      Finding.error(
                          sql.place(pattern.node),
                          "'%s' can never match: %s".formatted(pattern.text, reason))));
    }
    checkCovered(sql, patterns, findings);
  }

  private static Optional<String> impossible(String pattern, ValueShape shape, boolean freeText) {
    if (pattern.isEmpty()) {
      return Optional.of("an empty value is a missing field");
    }
    if (pattern.length() > 1
        && !freeText
        && (pattern.startsWith("\"\"")
            || pattern.endsWith("\"\"")
            || (pattern.startsWith("\"") && pattern.endsWith("\"")))) {
      return Optional.of("the double quotes are left over from SPL, and here they are text");
    }
    return shape.impossible(pattern);
  }

  private static void checkCovered(Parsed sql, List<Pattern> patterns, Consumer<Finding> findings) {
    for (int i = 0; i < patterns.size(); i++) {
      Pattern pattern = patterns.get(i);
      for (int j = 0; j < patterns.size(); j++) {
        Pattern other = patterns.get(j);
        // Of two that match the same, the first is the one to keep.
        if (i != j && covers(other, pattern) && (j < i || !covers(pattern, other))) {
          findings.accept(
              Finding.warning(
                  sql.place(pattern.node),
                  "'%s' adds nothing: '%s' matches all that it does%s"
                      .formatted(
                          pattern.text,
                          other.text,
                          covers(pattern, other) && !pattern.text.equals(other.text)
                              ? ", since case does not count"
                              : "")));
          break;
        }
      }
    }
  }

  /**
   * Whether one matches all that the other does. That is so if it matches the other's text with a
   * character in place of each {@code *} that only a {@code *} can match.
   */
  private static boolean covers(Pattern one, Pattern other) {
    return !one.text.isEmpty()
        && new WildcardIn()
            .eval(
                StringData.fromString(other.text.replace("*", ANYTHING)),
                StringData.fromString(one.text));
  }
}
