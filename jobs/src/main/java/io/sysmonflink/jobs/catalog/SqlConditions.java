package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.catalog.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Conditions of SQL as tokens: where a clause ends, and what AND and OR join in it. */
final class SqlConditions {

  private static final List<String> CLAUSE_ENDS =
      List.of(
          "WHERE",
          "JOIN",
          "LEFT",
          "RIGHT",
          "INNER",
          "FULL",
          "CROSS",
          "GROUP",
          "HAVING",
          "ORDER",
          "WINDOW",
          "QUALIFY",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "MINUS");

  private SqlConditions() {}

  /** The tokens of an SQL text, without comments. */
  static List<SqlToken> tokens(String sql) {
    return SqlToken.of(sql).stream().filter(token -> token.kind() != Kind.COMMENT).toList();
  }

  /** The condition that begins at a token, to the end of its clause. */
  static List<SqlToken> clause(List<SqlToken> tokens, int from) {
    List<SqlToken> rest = tokens.subList(from, tokens.size());
    return rest.subList(0, clauseEnd(rest));
  }

  private static int clauseEnd(List<SqlToken> tokens) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      depth += depthStep(token);
      if (depth < 0 || (depth == 0 && endsClause(tokens, i))) {
        return i;
      }
    }
    return tokens.size();
  }

  private static boolean endsClause(List<SqlToken> tokens, int i) {
    SqlToken token = tokens.get(i);
    // LEFT and RIGHT are functions too.
    boolean function =
        (token.isWord("LEFT") || token.isWord("RIGHT"))
            && i + 1 < tokens.size()
            && tokens.get(i + 1).isSymbol("(");
    return token.isSymbol(";") || (!function && CLAUSE_ENDS.stream().anyMatch(token::isWord));
  }

  /**
   * Whether a clause ends at a token for certain: where the text or its parentheses end, and at
   * words that in SQL can be nothing else.
   */
  static boolean surelyEnds(List<SqlToken> tokens, int at) {
    if (at == tokens.size() || tokens.get(at).isSymbol(")") || tokens.get(at).isSymbol(";")) {
      return true;
    }
    SqlToken end = tokens.get(at);
    boolean by = at + 1 < tokens.size() && tokens.get(at + 1).isWord("BY");
    return (by && (end.isWord("GROUP") || end.isWord("ORDER")))
        || end.isWord("HAVING")
        || end.isWord("UNION");
  }

  /**
   * What AND or OR joins at the outermost level of a condition; the condition itself if nothing.
   */
  static List<List<SqlToken>> split(List<SqlToken> tokens, String operator) {
    return split(tokens, token -> token.isWord(operator));
  }

  /** What stands between such tokens at the outermost level of an expression or a list. */
  static List<List<SqlToken>> split(List<SqlToken> tokens, Predicate<SqlToken> separator) {
    List<List<SqlToken>> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    boolean between = false;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      depth += depthStep(token);
      if (depth == 0 && token.isWord("BETWEEN")) {
        between = true;
      } else if (depth == 0 && between && token.isWord("AND")) {
        between = false; // the AND of BETWEEN a AND b
      } else if (depth == 0 && separator.test(token)) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts;
  }

  /** A condition without the parentheses around it, or the very one if there are none. */
  static List<SqlToken> bare(List<SqlToken> tokens) {
    return enclosed(tokens) ? tokens.subList(1, tokens.size() - 1) : tokens;
  }

  private static boolean enclosed(List<SqlToken> tokens) {
    if (tokens.size() < 2 || !tokens.get(0).isSymbol("(")) {
      return false;
    }
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += depthStep(tokens.get(i));
      if (depth == 0) {
        return i == tokens.size() - 1;
      }
    }
    return false;
  }

  private static int depthStep(SqlToken token) {
    Predicate<SqlToken> opens = t -> t.isSymbol("(") || t.isSymbol("[") || t.isWord("CASE");
    Predicate<SqlToken> closes = t -> t.isSymbol(")") || t.isSymbol("]") || t.isWord("END");
    return opens.test(token) ? 1 : closes.test(token) ? -1 : 0;
  }
}
