package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.catalog.SqlToken.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A search that drops events without a by-field, as {@code stats ... by} does, taken apart so that
 * those events can be counted:
 *
 * <pre>
 * SELECT ... FROM (SELECT ... FROM sysmon WHERE ... AND Image IS NOT NULL GROUP BY Image)
 * </pre>
 *
 * <p>It is read off the text, since on a cluster the parser is out of a job's reach. So it takes
 * only what it knows: one relation, one {@code WHERE} and one {@code GROUP BY}, and around them
 * SELECTs that do no more than name and compute columns. Nothing is known of any other query, nor
 * of a by-field that the result does not have as a column.
 */
public final class GroupedSearch {

  /** What may decide of rows in other ways, or whose syntax is not told from a column's. */
  private static final Set<String> UNKNOWN =
      Set.of(
          "DISTINCT",
          "OVER",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "MINUS",
          "JOIN",
          "LIMIT",
          "FETCH",
          "OFFSET",
          "ORDER",
          "WINDOW",
          "QUALIFY",
          "HAVING",
          "WITH",
          "ROLLUP",
          "CUBE",
          "GROUPING",
          "SETS",
          "MATCH_RECOGNIZE",
          "TABLE",
          "LATERAL",
          "VALUES",
          "EXISTS",
          "NATURAL",
          "TABLESAMPLE",
          "UNNEST",
          "PIVOT",
          "UNPIVOT",
          "WITHIN",
          "FILTER",
          "FOR");

  private final String sql;

  /** The conditions {@code X IS NOT NULL}, by the column of the result that X is. */
  private final Map<String, List<SqlToken>> conditions;

  /** Other conditions that ask whether something is NULL. */
  private final List<List<SqlToken>> others;

  /** Where the WHERE ends. */
  private final int end;

  private GroupedSearch(
      String sql, Map<String, List<SqlToken>> conditions, List<List<SqlToken>> others, int end) {
    this.sql = sql;
    this.conditions = conditions;
    this.others = others;
    this.end = end;
  }

  /**
   * Takes a query apart.
   *
   * @return empty where it has another form, or no by-field that is asked to be there
   */
  public static Optional<GroupedSearch> of(String sql) {
    List<SqlToken> tokens = SqlConditions.tokens(sql);
    boolean known =
        tokens.stream()
            .noneMatch(
                token ->
                    UNKNOWN.stream().anyMatch(token::isWord)
                        || (token.kind() == Kind.QUOTED_IDENTIFIER
                            && !token.text().startsWith("`")));
    return known
        ? Select.of(tokens)
            .map(select -> of(sql, select))
            .filter(search -> !search.conditions.isEmpty())
        : Optional.empty();
  }

  private static GroupedSearch of(String sql, Select select) {
    List<SqlToken> where = select.grouping().where();
    List<List<SqlToken>> others = new ArrayList<>();
    Map<String, List<List<SqlToken>>> asked = new LinkedHashMap<>();
    for (List<SqlToken> one : joined(where)) {
      if (isNotNull(one)) {
        String field = select.grouping().key(one.subList(0, one.size() - 3));
        asked.computeIfAbsent(field, key -> new ArrayList<>()).add(one);
      } else if (one.stream().anyMatch(token -> token.isWord("IS"))) {
        others.add(one);
      }
    }
    Map<String, List<SqlToken>> conditions = new LinkedHashMap<>();
    select
        .columns()
        .forEach(
            (column, key) -> {
              List<List<SqlToken>> found = asked.getOrDefault(key, List.of());
              if (found.size() == 1 && !conditions.containsValue(found.get(0))) {
                conditions.put(column, found.get(0));
              }
            });
    asked.values().stream()
        .flatMap(List::stream)
        .filter(one -> !conditions.containsValue(one))
        .forEach(others::add);
    return new GroupedSearch(sql, conditions, others, end(where));
  }

  /** All that AND joins, in parentheses too; what OR joins is one. */
  private static List<List<SqlToken>> joined(List<SqlToken> condition) {
    List<List<SqlToken>> parts = SqlConditions.split(condition, "AND");
    List<SqlToken> bare = SqlConditions.bare(condition);
    if (SqlConditions.split(condition, "OR").size() > 1) {
      return List.of(condition);
    } else if (parts.size() > 1) {
      return parts.stream().flatMap(part -> joined(part).stream()).toList();
    }
    // What stays one in its parentheses keeps them: it may be an OR.
    return bare == condition || SqlConditions.split(bare, "OR").size() > 1
        ? List.of(condition)
        : joined(bare);
  }

  private static boolean isNotNull(List<SqlToken> condition) {
    int x = condition.size() - 3;
    return x > 0
        && condition.get(x).isWord("IS")
        && condition.get(x + 1).isWord("NOT")
        && condition.get(x + 2).isWord("NULL")
        && isPrimary(condition.subList(0, x));
  }

  // Of a name or a call IS NOT NULL asks as a whole; before anything else it might ask of a part.
  private static boolean isPrimary(List<SqlToken> tokens) {
    List<SqlToken> arguments = tokens.subList(1, tokens.size());
    boolean call = tokens.get(0).kind() == Kind.WORD && !tokens.get(0).isWord("NOT");
    return isColumn(tokens) || (call && SqlConditions.bare(arguments) != arguments);
  }

  private static boolean isColumn(List<SqlToken> tokens) {
    boolean qualified = tokens.size() == 3 && tokens.get(1).isSymbol(".");
    return (tokens.size() == 1 || qualified)
        && isName(tokens.get(0))
        && isName(tokens.get(tokens.size() - 1));
  }

  private static boolean isName(SqlToken token) {
    return token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_IDENTIFIER;
  }

  /** The by-fields that are asked to be there, as the result's columns call them. */
  public List<String> fields() {
    return List.copyOf(conditions.keySet());
  }

  /** The query without asking that they be there: so it has a row for NULL, too. */
  public String withoutAsking() {
    return with(new StringBuilder(sql), List.copyOf(conditions.values()));
  }

  /**
   * The query with one more condition in place of all that ask for them, after all others.
   *
   * @param condition makes one of SQL expressions: the by-fields, in the order of {@link #fields},
   *     and then all other conditions that ask whether something is NULL; it is to ask these, too
   */
  public String asking(Function<List<String>, String> condition) {
    List<List<SqlToken>> replaced = new ArrayList<>(conditions.values());
    List<String> arguments = new ArrayList<>();
    replaced.forEach(one -> arguments.add(text(one.subList(0, one.size() - 3))));
    others.forEach(one -> arguments.add(text(one)));
    replaced.addAll(others);
    return with(new StringBuilder(sql).insert(end, " AND " + condition.apply(arguments)), replaced);
  }

  private String text(List<SqlToken> tokens) {
    return sql.substring(tokens.get(0).start(), end(tokens));
  }

  private static int end(List<SqlToken> tokens) {
    SqlToken last = tokens.get(tokens.size() - 1);
    return last.start() + last.text().length();
  }

  /** A text with TRUE in place of conditions. */
  private static String with(StringBuilder text, List<List<SqlToken>> conditions) {
    conditions.stream()
        .sorted(Comparator.comparing((List<SqlToken> one) -> one.get(0).start()).reversed())
        .forEach(one -> text.replace(one.get(0).start(), end(one), "TRUE"));
    return text.toString();
  }

  /** The SELECT that groups. */
  private record Grouping(Set<String> names, List<SqlToken> where, Set<String> groups) {

    /**
     * An expression as text that is the same for the same column, with a relation's name or not.
     */
    String key(List<SqlToken> expression) {
      return plain(expression, names);
    }
  }

  /** A SELECT: its result's columns by name, each as the key of what it groups by. */
  private record Select(Grouping grouping, Map<String, String> columns) {

    /** Reads a SELECT that is all of the tokens. */
    static Optional<Select> of(List<SqlToken> tokens) {
      int from = from(tokens);
      if (from < 0) {
        return Optional.empty();
      }
      List<SqlToken> items = tokens.subList(1, from);
      List<SqlToken> rest = tokens.subList(from + 1, tokens.size());
      return rest.get(0).isSymbol("(") ? around(items, rest) : grouping(items, rest);
    }

    private static int from(List<SqlToken> tokens) {
      if (tokens.isEmpty() || !tokens.get(0).isWord("SELECT")) {
        return -1;
      }
      List<List<SqlToken>> parts = SqlConditions.split(tokens, "FROM");
      int from = parts.get(0).size();
      return parts.size() == 2 && from > 1 && from + 1 < tokens.size() ? from : -1;
    }

    /** One that reads another SELECT and does no more than name and compute columns. */
    private static Optional<Select> around(List<SqlToken> items, List<SqlToken> rest) {
      for (int end = rest.size(); end > Math.max(2, rest.size() - 3); end--) {
        List<SqlToken> inner = SqlConditions.bare(rest.subList(0, end));
        Optional<String> alias = alias(rest.subList(end, rest.size()));
        if (inner.size() == end - 2 && alias.isPresent()) {
          Set<String> names = Set.of(alias.get());
          return of(inner)
              .map(
                  read ->
                      new Select(
                          read.grouping,
                          columns(items, names, read.columns.keySet(), read.columns::get)));
        }
      }
      return Optional.empty();
    }

    /** The one that groups: {@code relation WHERE ... GROUP BY ...}. */
    private static Optional<Select> grouping(List<SqlToken> items, List<SqlToken> rest) {
      int where = 0;
      while (where < rest.size() && !rest.get(where).isWord("WHERE")) {
        where++;
      }
      Optional<Set<String>> names = relation(rest.subList(0, where));
      if (names.isEmpty() || where == rest.size()) {
        return Optional.empty();
      }
      List<SqlToken> condition = SqlConditions.clause(rest, where + 1);
      int group = where + 1 + condition.size();
      if (condition.isEmpty()
          || SqlConditions.split(condition, "OR").size() > 1
          || group + 2 >= rest.size()
          || !rest.get(group).isWord("GROUP")
          || !rest.get(group + 1).isWord("BY")) {
        return Optional.empty();
      }
      Set<String> groups =
          list(rest.subList(group + 2, rest.size())).stream()
              .map(expression -> plain(expression, names.get()))
              .collect(Collectors.toSet());
      Grouping grouping = new Grouping(names.get(), condition, groups);
      return Optional.of(
          new Select(
              grouping,
              columns(items, names.get(), Set.of(), key -> groups.contains(key) ? key : null)));
    }

    /** The names of a relation that is no more than {@code NAME} or {@code NAME AS alias}. */
    private static Optional<Set<String>> relation(List<SqlToken> tokens) {
      if (tokens.isEmpty() || !isName(tokens.get(0))) {
        return Optional.empty();
      }
      return alias(tokens.subList(1, tokens.size()))
          .map(alias -> alias.isEmpty() ? Set.of(name(tokens.get(0))) : Set.of(alias));
    }

    /** Another name; an empty one where there is none. */
    private static Optional<String> alias(List<SqlToken> tokens) {
      List<SqlToken> bare =
          !tokens.isEmpty() && tokens.get(0).isWord("AS")
              ? tokens.subList(1, tokens.size())
              : tokens;
      if (tokens.isEmpty()) {
        return Optional.of("");
      }
      return bare.size() == 1 && isName(bare.get(0))
          ? Optional.of(name(bare.get(0)))
          : Optional.empty();
    }

    /**
     * The columns of a list of items that are no more than what is read.
     *
     * @param all the columns that {@code *} stands for, as far as they matter
     * @param read gives what an expression is, or null
     */
    private static Map<String, String> columns(
        List<SqlToken> items, Set<String> names, Set<String> all, Function<String, String> read) {
      Map<String, String> columns = new LinkedHashMap<>();
      for (List<SqlToken> item : list(items)) {
        int last = item.size() - 1;
        if (plain(item, names).equals("*")) {
          all.forEach(column -> columns.putIfAbsent(column, read.apply(column)));
          continue;
        }
        boolean as = last > 1 && item.get(last - 1).isWord("AS");
        if (as ? isName(item.get(last)) : isColumn(item)) {
          String expression = plain(as ? item.subList(0, last - 1) : item, names);
          String what = read.apply(expression);
          if (what != null) {
            columns.putIfAbsent(name(item.get(last)), what);
          }
        }
      }
      return columns;
    }
  }

  private static List<List<SqlToken>> list(List<SqlToken> tokens) {
    return SqlConditions.split(tokens, token -> token.isSymbol(","));
  }

  // Without a relation's name before a column's, and without the quotes of a name.
  private static String plain(List<SqlToken> expression, Set<String> relations) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < expression.size(); i++) {
      boolean qualifies =
          i + 2 < expression.size()
              && isName(expression.get(i))
              && relations.contains(name(expression.get(i)))
              && expression.get(i + 1).isSymbol(".")
              && (i == 0 || !expression.get(i - 1).isSymbol("."));
      if (qualifies) {
        i++;
      } else {
        String name = name(expression.get(i));
        boolean word = SqlToken.of(name).stream().allMatch(token -> token.kind() == Kind.WORD);
        text.append(text.isEmpty() ? "" : " ").append(word ? name : expression.get(i).text());
      }
    }
    return text.toString();
  }

  private static String name(SqlToken token) {
    String text = token.text();
    return token.kind() == Kind.QUOTED_IDENTIFIER && text.length() > 1
        ? text.substring(1, text.length() - 1).replace("``", "`")
        : text;
  }
}
