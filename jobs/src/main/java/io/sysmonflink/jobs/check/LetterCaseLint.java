package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;

/** Comparisons of a field with a text in which case counts, as it never does in SPL's search. */
final class LetterCaseLint implements Lint {

  private static final Set<String> COMPARISONS =
      Set.of("=", "<>", "!=", "IN", "NOT IN", "LIKE", "NOT LIKE");

  @Override
  public void check(Parsed sql, Consumer<Finding> findings) {
    for (SqlBasicCall call : SqlSyntax.all(sql.statement(), SqlBasicCall.class)) {
      if (COMPARISONS.contains(call.getOperator().getName())) {
        SqlNode left = call.operand(0);
        SqlNode right = call.operand(1);
        SqlSyntax.column(left)
            .or(() -> SqlSyntax.column(right))
            .filter(column -> hasLetter(left) || hasLetter(right))
            .ifPresent(
                column ->
                    findings.accept(
                        Finding.warning(
                            sql.place(call),
                            "%s %s: upper and lower case count here, in SPL they do not; WILDCARD_IN ignores them"
                                .formatted(column, call.getOperator().getName()))));
      }
    }
  }

  private static boolean hasLetter(SqlNode node) {
    return SqlSyntax.all(node, SqlCharStringLiteral.class).stream()
        .flatMap(literal -> SqlSyntax.text(literal).stream())
        .map(text -> text.replaceAll("\\$\\{\\w+}", "")) // whoever fills a key knows
        .anyMatch(text -> text.codePoints().anyMatch(Character::isLetter));
  }
}
