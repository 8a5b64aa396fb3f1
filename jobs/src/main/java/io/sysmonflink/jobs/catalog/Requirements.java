package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.catalog.SqlToken.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an event must be like for a query to select it, as far as the query's text proves it.
 *
 * <p>It is proven by one thing: that of all relations the query names one only, once, and as {@code
 * FROM events WHERE condition}. Whatever it does with the rows then, it sees none of which the
 * condition is not true; so all that AND joins in there must be. Of any other query nothing is
 * known, and it may want every event.
 *
 * @param eventCodes the ids, one of which it must have; none where any will do
 * @param patterns by column: as in {@code WILDCARD_IN(column, ...)}, of which one must match
 */
public record Requirements(SortedSet<Integer> eventCodes, Map<String, List<String>> patterns) {

  private static final Requirements NONE = new Requirements(new TreeSet<>(), Map.of());

  /**
   * Reads them off a query.
   *
   * @param events what has the fields of events as they are, by name
   * @param relations all tables and views there are, by name
   */
  public static Requirements of(String sql, Set<String> events, Set<String> relations) {
    List<SqlToken> tokens = SqlConditions.tokens(sql);
    int where = onlyRelation(tokens, events, relations) + 1;
    if (where == 0 || where == tokens.size() || !tokens.get(where).isWord("WHERE")) {
      return NONE;
    }
    List<SqlToken> condition = SqlConditions.clause(tokens, where + 1);
    if (!SqlConditions.surelyEnds(tokens, where + 1 + condition.size())) {
      return NONE;
    }
    Map<String, List<String>> patterns = new LinkedHashMap<>();
    addPatterns(condition, patterns);
    return new Requirements(EventCodes.ofCondition(condition).orElseGet(TreeSet::new), patterns);
  }

  /**
   * Whether a query gives the fields of events as they are, whatever it adds to them: {@code SELECT
   * *, ... FROM events}, with or without a WHERE.
   *
   * @param events what else does, by name
   * @param relations all tables and views there are, by name
   */
  public static boolean keepsFields(String sql, Set<String> events, Set<String> relations) {
    List<SqlToken> tokens = SqlConditions.tokens(sql);
    int next = onlyRelation(tokens, events, relations) + 1;
    return next > 0
        && (next == tokens.size() || tokens.get(next).isWord("WHERE"))
        && tokens.stream().filter(token -> token.isWord("SELECT")).count() == 1
        && tokens.get(0).isWord("SELECT")
        && tokens.get(1).isSymbol("*")
        && (tokens.get(2).isSymbol(",") || tokens.get(2).isWord("FROM"));
  }

  /** The token after FROM that names the one relation of a query; -1 where there is none such. */
  private static int onlyRelation(
      List<SqlToken> tokens, Set<String> events, Set<String> relations) {
    int found = -1;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (isEscaped(token)) {
        return -1; // who knows what it names
      }
      if (name(token).filter(relations::contains).isEmpty()) {
        continue;
      }
      boolean ofEvents = events.contains(name(token).orElseThrow());
      if (found >= 0 || !ofEvents || i == 0 || !tokens.get(i - 1).isWord("FROM")) {
        return -1;
      }
      found = i;
    }
    return found;
  }

  private static void addPatterns(List<SqlToken> condition, Map<String, List<String>> patterns) {
    if (SqlConditions.split(condition, "OR").size() > 1) {
      return;
    }
    List<List<SqlToken>> joined = SqlConditions.split(condition, "AND");
    List<SqlToken> bare = SqlConditions.bare(condition);
    if (joined.size() > 1) {
      joined.forEach(one -> addPatterns(one, patterns));
    } else if (bare != condition) {
      addPatterns(bare, patterns);
    } else if (isWildcardIn(condition)) {
      // The first will do, where a column is asked for twice.
      List<String> literals = new ArrayList<>();
      for (int i = 4; i < condition.size(); i += 2) {
        literals.add(text(condition.get(i)));
      }
      patterns.putIfAbsent(name(condition.get(2)).orElseThrow(), literals);
    }
  }

  /** Whether a condition is {@code WILDCARD_IN(column, 'literal', ...)} and no more. */
  private static boolean isWildcardIn(List<SqlToken> condition) {
    int last = condition.size() - 1;
    if (last < 5
        || last % 2 == 0
        || !condition.get(0).isWord("WILDCARD_IN")
        || !condition.get(1).isSymbol("(")
        || name(condition.get(2)).isEmpty()
        || !condition.get(last).isSymbol(")")) {
      return false;
    }
    for (int i = 3; i < last; i += 2) {
      if (!condition.get(i).isSymbol(",") || !isPlainLiteral(condition.get(i + 1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlainLiteral(SqlToken token) {
    return token.kind() == Kind.LITERAL
        && token.text().length() > 2
        && token.text().startsWith("'")
        && token.text().endsWith("'");
  }

  private static String text(SqlToken literal) {
    return literal.text().substring(1, literal.text().length() - 1).replace("''", "'");
  }

  private static Optional<String> name(SqlToken token) {
    String text = token.text();
    return switch (token.kind()) {
      case WORD -> Optional.of(text);
      case QUOTED_IDENTIFIER ->
          isEscaped(token)
              ? Optional.empty()
              : Optional.of(text.substring(1, text.length() - 1).replace("``", "`"));
      default -> Optional.empty();
    };
  }

  /** Whether it is a name that is written by the numbers of its letters. */
  private static boolean isEscaped(SqlToken token) {
    return token.kind() == Kind.QUOTED_IDENTIFIER && !token.text().startsWith("`");
  }
}
