package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.catalog.SqlToken.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a filter makes of the columns that it passes on, as far as its text tells: it is read up to
 * the first FROM at each level, and not where it joins or unites.
 */
public final class FilterColumns {

  private FilterColumns() {}

  /**
   * The first column that is not the one of this name that was read, but an expression or another.
   *
   * @param sql a filter
   * @param columns those that are to stay as they are
   */
  public static Optional<String> changed(String sql, Collection<String> columns) {
    return changed(SqlConditions.tokens(sql), columns);
  }

  private static Optional<String> changed(List<SqlToken> tokens, Collection<String> columns) {
    List<List<SqlToken>> parts = SqlConditions.split(tokens, "FROM");
    if (tokens.isEmpty() || !tokens.get(0).isWord("SELECT") || parts.size() != 2) {
      return Optional.empty();
    }
    List<SqlToken> items = parts.get(0).subList(1, parts.get(0).size());
    for (List<SqlToken> item : SqlConditions.split(items, token -> token.isSymbol(","))) {
      Optional<String> changed = changedBy(item).filter(columns::contains);
      if (changed.isPresent()) {
        return changed;
      }
    }
    List<SqlToken> from = parts.get(1);
    if (from.isEmpty() || !from.get(0).isSymbol("(")) {
      return Optional.empty();
    }
    for (int end = from.size(); end > 1; end--) {
      List<SqlToken> inner = SqlConditions.bare(from.subList(0, end));
      if (inner.size() == end - 2) {
        return changed(inner, columns);
      }
    }
    return Optional.empty();
  }

  /** The name of an item that is more than a column of that name. */
  private static Optional<String> changedBy(List<SqlToken> item) {
    int last = item.size() - 1;
    if (last < 1 || !isName(item.get(last))) {
      return Optional.empty(); // a column, a star, or an expression without a name
    }
    int end = item.get(last - 1).isWord("AS") ? last - 1 : last;
    if (item.get(last - 1).isSymbol(".")) {
      return Optional.empty(); // the column of a relation that is named
    }
    String name = name(item.get(last));
    return isColumn(uncast(item.subList(0, end)), name) ? Optional.empty() : Optional.of(name);
  }

  /** Of {@code CAST(x AS STRING)}, x: columns that tell rows apart are STRINGs anyway. */
  private static List<SqlToken> uncast(List<SqlToken> expression) {
    int size = expression.size();
    boolean cast =
        size > 5
            && expression.get(0).isWord("CAST")
            && expression.get(1).isSymbol("(")
            && expression.get(size - 3).isWord("AS")
            && expression.get(size - 2).isWord("STRING");
    return cast ? expression.subList(2, size - 3) : expression;
  }

  private static boolean isColumn(List<SqlToken> expression, String name) {
    int size = expression.size();
    boolean qualified = size == 3 && isName(expression.get(0)) && expression.get(1).isSymbol(".");
    return (size == 1 || qualified)
        && isName(expression.get(size - 1))
        && name(expression.get(size - 1)).equals(name);
  }

  private static boolean isName(SqlToken token) {
    return token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_IDENTIFIER;
  }

  private static String name(SqlToken token) {
    String text = token.text();
    return token.kind() == Kind.QUOTED_IDENTIFIER && text.length() > 1
        ? text.substring(1, text.length() - 1).replace("``", "`")
        : text;
  }
}
