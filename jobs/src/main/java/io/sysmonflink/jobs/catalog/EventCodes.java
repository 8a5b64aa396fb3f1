package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.catalog.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The event ids that a query can see: what its conditions let pass.
 *
 * <p>A source drops the ids that no detection's {@code event_codes} name before anything is parsed,
 * so a query that wants an id its YAML lacks would silently find nothing. Hence each WHERE or ON
 * clause is read as a boolean expression: {@code EventCode = n} and {@code EventCode IN (n, ...)}
 * restrict, all else lets any id pass; OR restricts if both sides do, AND if one does. The answer
 * may name an id too many (of a join's two sides, say), never one too few. A clause that lets any
 * id pass is taken for a filter over what another has restricted.
 */
final class EventCodes {

  private static final String COLUMN = "EventCode";
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

  private EventCodes() {}

  /** The ids, or nothing where the query does not restrict them. */
  static Optional<SortedSet<Integer>> of(String sql) {
    List<SqlToken> tokens =
        SqlToken.of(sql).stream().filter(token -> token.kind() != Kind.COMMENT).toList();
    Optional<SortedSet<Integer>> codes = Optional.empty();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isWord("WHERE") || tokens.get(i).isWord("ON")) {
        List<SqlToken> rest = tokens.subList(i + 1, tokens.size());
        Optional<SortedSet<Integer>> here = ofCondition(rest.subList(0, clauseEnd(rest)));
        codes =
            codes.isPresent() && here.isPresent()
                ? Optional.of(union(codes.get(), here.get()))
                : codes.or(() -> here);
      }
    }
    return codes;
  }

  private static int clauseEnd(List<SqlToken> tokens) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      depth += depthStep(token);
      if (depth < 0 || (depth == 0 && endsClause(token))) {
        return i;
      }
    }
    return tokens.size();
  }

  private static boolean endsClause(SqlToken token) {
    return token.isSymbol(";") || CLAUSE_ENDS.stream().anyMatch(token::isWord);
  }

  private static Optional<SortedSet<Integer>> ofCondition(List<SqlToken> tokens) {
    List<List<SqlToken>> alternatives = split(tokens, "OR");
    if (alternatives.size() > 1) {
      SortedSet<Integer> union = new TreeSet<>();
      for (List<SqlToken> alternative : alternatives) {
        Optional<SortedSet<Integer>> codes = ofCondition(alternative);
        if (codes.isEmpty()) {
          return Optional.empty();
        }
        union.addAll(codes.get());
      }
      return Optional.of(union);
    }
    List<List<SqlToken>> conditions = split(tokens, "AND");
    if (conditions.size() > 1) {
      return conditions.stream()
          .map(EventCodes::ofCondition)
          .flatMap(Optional::stream)
          .reduce(EventCodes::union);
    }
    if (enclosed(tokens)) {
      return ofCondition(tokens.subList(1, tokens.size() - 1));
    }
    return ofComparison(tokens);
  }

  private static Optional<SortedSet<Integer>> ofComparison(List<SqlToken> tokens) {
    // `s.EventCode` is as good as `EventCode`.
    boolean qualified = tokens.size() > 2 && tokens.get(1).isSymbol(".");
    List<SqlToken> plain = qualified ? tokens.subList(2, tokens.size()) : tokens;
    SortedSet<Integer> codes = new TreeSet<>();
    if (plain.size() == 3 && plain.get(1).isSymbol("=")) {
      SqlToken number = plain.get(0).isNamed(COLUMN) ? plain.get(2) : plain.get(0);
      SqlToken column = plain.get(0).isNamed(COLUMN) ? plain.get(0) : plain.get(2);
      return column.isNamed(COLUMN) && add(number, codes) ? Optional.of(codes) : Optional.empty();
    }
    if (plain.size() >= 5
        && plain.get(0).isNamed(COLUMN)
        && plain.get(1).isWord("IN")
        && plain.get(2).isSymbol("(")) {
      for (SqlToken token : plain.subList(3, plain.size() - 1)) {
        if (!token.isSymbol(",") && !add(token, codes)) {
          return Optional.empty();
        }
      }
      return Optional.of(codes);
    }
    return Optional.empty();
  }

  private static boolean add(SqlToken token, SortedSet<Integer> codes) {
    if (token.kind() != Kind.NUMBER || !token.text().matches("\\d{1,6}")) {
      return false;
    }
    codes.add(Integer.valueOf(token.text()));
    return true;
  }

  private static List<List<SqlToken>> split(List<SqlToken> tokens, String operator) {
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
      } else if (depth == 0 && token.isWord(operator)) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts;
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
    Predicate<SqlToken> opens = t -> t.isSymbol("(") || t.isWord("CASE");
    Predicate<SqlToken> closes = t -> t.isSymbol(")") || t.isWord("END");
    return opens.test(token) ? 1 : closes.test(token) ? -1 : 0;
  }

  private static SortedSet<Integer> union(SortedSet<Integer> one, SortedSet<Integer> other) {
    SortedSet<Integer> union = new TreeSet<>(one);
    union.addAll(other);
    return union;
  }
}
