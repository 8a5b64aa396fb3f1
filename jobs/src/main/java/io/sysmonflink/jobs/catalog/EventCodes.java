package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.catalog.SqlToken.Kind;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

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

  private EventCodes() {}

  /** The ids, or nothing where the query does not restrict them. */
  static Optional<SortedSet<Integer>> of(String sql) {
    List<SqlToken> tokens = SqlConditions.tokens(sql);
    Optional<SortedSet<Integer>> codes = Optional.empty();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isWord("WHERE") || tokens.get(i).isWord("ON")) {
        Optional<SortedSet<Integer>> here = ofCondition(SqlConditions.clause(tokens, i + 1));
        codes =
            codes.isPresent() && here.isPresent()
                ? Optional.of(union(codes.get(), here.get()))
                : codes.or(() -> here);
      }
    }
    return codes;
  }

  /** The ids that a condition lets pass, or nothing where it does not restrict them. */
  static Optional<SortedSet<Integer>> ofCondition(List<SqlToken> tokens) {
    List<List<SqlToken>> alternatives = SqlConditions.split(tokens, "OR");
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
    List<List<SqlToken>> conditions = SqlConditions.split(tokens, "AND");
    if (conditions.size() > 1) {
      return conditions.stream()
          .map(EventCodes::ofCondition)
          .flatMap(Optional::stream)
          .reduce(EventCodes::union);
    }
    List<SqlToken> bare = SqlConditions.bare(tokens);
    return bare == tokens ? ofComparison(tokens) : ofCondition(bare);
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

  private static SortedSet<Integer> union(SortedSet<Integer> one, SortedSet<Integer> other) {
    SortedSet<Integer> union = new TreeSet<>(one);
    union.addAll(other);
    return union;
  }
}
