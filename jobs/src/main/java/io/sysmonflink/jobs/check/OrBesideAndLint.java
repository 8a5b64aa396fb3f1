package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.catalog.Place;
import io.sysmonflink.jobs.catalog.SqlToken;
import io.sysmonflink.jobs.catalog.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An OR beside an AND: SQL takes the AND first, SPL's search the OR, so parentheses must say which
 * is meant. The syntax tree has lost them; hence this reads tokens.
 */
final class OrBesideAndLint implements Lint {

  private static final Set<String> OPENING = Set.of("(", "CASE");
  private static final Set<String> CLOSING = Set.of(")", "END");

  /** What ends a condition within the same parentheses. LEFT and RIGHT may be functions. */
  private static final Set<String> BOUNDARIES =
      Set.of(
          ",",
          ";",
          "SELECT",
          "FROM",
          "WHERE",
          "ON",
          "JOIN",
          "GROUP",
          "HAVING",
          "ORDER",
          "WINDOW",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "WHEN",
          "THEN",
          "ELSE");

  /** What one pair of parentheses holds so far. */
  private static final class Condition {
    private boolean between;
    private boolean and;
    private SqlToken or;
  }

  @Override
  public void check(Parsed sql, Consumer<Finding> findings) {
    List<SqlToken> tokens = SqlToken.of(sql.file().text());
    Deque<Condition> open = new ArrayDeque<>(List.of(new Condition()));
    boolean distinct = false; // whether a FROM would be that of IS DISTINCT FROM
    for (SqlToken token : tokens) {
      if (token.kind() == Kind.WORD || token.kind() == Kind.SYMBOL) {
        String text = token.text().toUpperCase(Locale.ROOT);
        if (OPENING.contains(text)) {
          open.push(new Condition());
        } else if (CLOSING.contains(text) && open.size() > 1) {
          end(sql, open.pop(), findings);
        } else if (BOUNDARIES.contains(text) && !(token.isWord("FROM") && distinct)) {
          end(sql, open.pop(), findings);
          open.push(new Condition());
        } else {
          add(open.peek(), token);
        }
        distinct = token.isWord("DISTINCT");
      }
    }
    open.forEach(condition -> end(sql, condition, findings));
  }

  private static void add(Condition condition, SqlToken token) {
    if (token.isWord("BETWEEN")) {
      condition.between = true;
    } else if (token.isWord("AND") && condition.between) {
      condition.between = false; // the AND of BETWEEN a AND b
    } else if (token.isWord("AND")) {
      condition.and = true;
    } else if (token.isWord("OR") && condition.or == null) {
      condition.or = token;
    }
  }

  private static void end(Parsed sql, Condition condition, Consumer<Finding> findings) {
    if (condition.and && condition.or != null) {
      String text = sql.file().text();
      int start = condition.or.start();
      findings.accept(
          Finding.error(
              new Place(
                  sql.file().display(),
                  SqlToken.lineOf(text, start),
                  SqlToken.columnOf(text, start)),
              "OR beside AND: SQL takes the AND first, SPL's search the OR; say by parentheses what is meant"));
    }
  }
}
