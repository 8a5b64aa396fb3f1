package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.sql.SqlPlaces;
import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * A search that drops events without a by-field, as {@code stats ... by} does, taken apart so that
 * those events can be counted:
 *
 * <pre>
 * SELECT ... FROM (SELECT ... FROM sysmon WHERE ... AND Image IS NOT NULL GROUP BY Image)
 * </pre>
 *
 * <p>It takes only what it knows: one relation, one {@code WHERE} and one {@code GROUP BY}, and
 * around them SELECTs that do no more than name and compute columns. Nothing is known of any other
 * query, nor of a by-field that the result does not have as a column. The query's own text is
 * changed, at the places that the syntax tree names, so that all else in it stays as it is.
 */
public final class GroupedSearch {

  /** What may decide of rows in other ways, or reads other rows. */
  private static final Set<SqlKind> UNKNOWN =
      Set.of(
          SqlKind.OVER,
          SqlKind.FILTER,
          SqlKind.WITHIN_GROUP,
          SqlKind.WITHIN_DISTINCT,
          SqlKind.GROUPING,
          SqlKind.GROUP_ID,
          SqlKind.GROUPING_SETS,
          SqlKind.ROLLUP,
          SqlKind.CUBE,
          SqlKind.EXISTS,
          SqlKind.VALUES,
          SqlKind.EXPLICIT_TABLE,
          SqlKind.UNION,
          SqlKind.INTERSECT,
          SqlKind.EXCEPT,
          SqlKind.ORDER_BY,
          SqlKind.WITH,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM);

  private final String sql;
  private final SqlPlaces places;

  /** The conditions {@code X IS NOT NULL}, by the column of the result that X is. */
  private final Map<String, SqlCall> conditions;

  /** Other conditions that ask whether something is NULL. */
  private final List<SqlNode> others;

  /** Where the WHERE ends. */
  private final int end;

  private GroupedSearch(
      String sql,
      SqlPlaces places,
      Map<String, SqlCall> conditions,
      List<SqlNode> others,
      int end) {
    this.sql = sql;
    this.places = places;
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
    return SqlSyntax.read(sql)
        .filter(GroupedSearch::isKnown)
        .flatMap(Select::of)
        .map(select -> of(sql, select))
        .filter(search -> !search.conditions.isEmpty());
  }

  private static boolean isKnown(SqlNode statement) {
    return SqlSyntax.all(statement, SqlCall.class).stream()
        .noneMatch(
            call ->
                UNKNOWN.contains(call.getKind())
                    || (call instanceof SqlBasicCall && call.getFunctionQuantifier() != null));
  }

  private static GroupedSearch of(String sql, Select select) {
    SqlNode where = select.grouping().getWhere();
    List<SqlNode> others = new ArrayList<>();
    Map<String, List<SqlCall>> asked = new LinkedHashMap<>();
    for (SqlNode one : SqlSyntax.conjuncts(where)) {
      if (isFieldNotNull(one)) {
        SqlCall test = (SqlCall) one;
        String field = plain(test.operand(0), select.names());
        asked.computeIfAbsent(field, key -> new ArrayList<>()).add(test);
      } else if (SqlSyntax.all(one, SqlCall.class).stream().anyMatch(GroupedSearch::isIs)) {
        others.add(one);
      }
    }
    Map<String, SqlCall> conditions = new LinkedHashMap<>();
    select
        .columns()
        .forEach(
            (column, key) -> {
              List<SqlCall> found = asked.getOrDefault(key, List.of());
              if (found.size() == 1 && !conditions.containsValue(found.get(0))) {
                conditions.put(column, found.get(0));
              }
            });
    asked.values().stream()
        .flatMap(List::stream)
        .filter(one -> !conditions.containsValue(one))
        .forEach(others::add);
    SqlPlaces places = new SqlPlaces(sql);
    return new GroupedSearch(sql, places, conditions, others, places.span(where).end());
  }

  private static boolean isFieldNotNull(SqlNode condition) {
    if (condition.getKind() != SqlKind.IS_NOT_NULL) {
      return false;
    }
    SqlNode field = ((SqlCall) condition).operand(0);
    return isColumn(field) || field.getKind() == SqlKind.OTHER_FUNCTION;
  }

  // IS NULL, IS NOT TRUE, IS JSON and the like.
  private static boolean isIs(SqlCall call) {
    return call.getOperator().getName().startsWith("IS ");
  }

  private static boolean isColumn(SqlNode node) {
    return node instanceof SqlIdentifier name && !name.isStar() && name.names.size() <= 2;
  }

  /** The by-fields that are asked to be there, as the result's columns call them. */
  public List<String> fields() {
    return List.copyOf(conditions.keySet());
  }

  /** The query without asking that they be there: so it has a row for NULL, too. */
  public String withoutAsking() {
    return with(new StringBuilder(sql), asked());
  }

  /**
   * The query with one more condition in place of all that ask for them, after all others.
   *
   * @param condition makes one of SQL expressions: the by-fields, in the order of {@link #fields},
   *     and then all other conditions that ask whether something is NULL; it must ask these, too
   */
  public String asking(Function<List<String>, String> condition) {
    List<String> arguments = new ArrayList<>();
    conditions.values().forEach(test -> arguments.add(places.text(test.operand(0))));
    others.forEach(one -> arguments.add(places.text(one)));
    List<SqlPlaces.Span> replaced = new ArrayList<>(asked());
    others.forEach(one -> replaced.add(places.span(one)));
    return with(new StringBuilder(sql).insert(end, " AND " + condition.apply(arguments)), replaced);
  }

  private List<SqlPlaces.Span> asked() {
    return conditions.values().stream().map(places::bare).toList();
  }

  /** A text with TRUE in place of its parts, the last first: so the places of others stay. */
  private static String with(StringBuilder text, List<SqlPlaces.Span> parts) {
    parts.stream()
        .sorted(Comparator.comparing(SqlPlaces.Span::start).reversed())
        .forEach(span -> text.replace(span.start(), span.end(), "TRUE"));
    return text.toString();
  }

  /**
   * A SELECT, with the one within it that groups.
   *
   * @param grouping the one that groups
   * @param names what columns of the one that groups may have before them
   * @param columns the result's columns by name, each as the key of what it groups by
   */
  private record Select(SqlSelect grouping, Set<String> names, Map<String, String> columns) {

    static Optional<Select> of(SqlNode statement) {
      if (!(statement instanceof SqlSelect select) || !isPlain(select)) {
        return Optional.empty();
      }
      SqlNode from = select.getFrom();
      Optional<String> alias = alias(from);
      SqlNode read = alias.isPresent() ? ((SqlCall) from).operand(0) : from;
      if (read instanceof SqlSelect) {
        return select.getWhere() == null && select.getGroup() == null
            ? of(read).map(inner -> around(select, alias.map(Set::of).orElse(Set.of()), inner))
            : Optional.empty();
      }
      boolean groups = select.getWhere() != null && select.getGroup() != null;
      return groups && read instanceof SqlIdentifier relation && relation.isSimple()
          ? Optional.of(grouping(select, Set.of(alias.orElse(relation.getSimple()))))
          : Optional.empty();
    }

    private static boolean isPlain(SqlSelect select) {
      boolean one =
          SqlSyntax.all(select, SqlSelect.class).size()
              == 1 + SqlSyntax.all(select.getFrom(), SqlSelect.class).size();
      return one
          && !select.isDistinct()
          && select.getHaving() == null
          && select.getQualify() == null
          && select.getWindowList().isEmpty()
          && select.getOffset() == null
          && select.getFetch() == null;
    }

    // A list of columns may follow the other name: then it is more than a name.
    private static Optional<String> alias(SqlNode from) {
      return from instanceof SqlBasicCall as && as.getKind() == SqlKind.AS && as.operandCount() == 2
          ? SqlSyntax.column(as.operand(1))
          : Optional.empty();
    }

    /** One that reads another SELECT and does no more than name and compute columns. */
    private static Select around(SqlSelect select, Set<String> names, Select inner) {
      Map<String, String> columns =
          columns(
              select,
              names,
              inner.columns,
              value ->
                  SqlSyntax.column(unqualified(value, names))
                      .filter(column -> isSimple(unqualified(value, names)))
                      .map(inner.columns::get));
      return new Select(inner.grouping, inner.names, columns);
    }

    private static boolean isSimple(SqlNode node) {
      return node instanceof SqlIdentifier name && name.isSimple();
    }

    /** The one that groups: {@code relation WHERE ... GROUP BY ...}. */
    private static Select grouping(SqlSelect select, Set<String> names) {
      Set<String> groups =
          select.getGroup().stream().map(field -> plain(field, names)).collect(Collectors.toSet());
      Map<String, String> columns =
          columns(
              select,
              names,
              Map.of(),
              value -> Optional.of(plain(value, names)).filter(groups::contains));
      return new Select(select, names, columns);
    }

    /**
     * The columns of a SELECT that are no more than what is read.
     *
     * @param all the columns that {@code *} stands for, as far as they matter
     * @param read gives what an expression is
     */
    private static Map<String, String> columns(
        SqlSelect select,
        Set<String> names,
        Map<String, String> all,
        Function<SqlNode, Optional<String>> read) {
      Map<String, String> columns = new LinkedHashMap<>();
      for (SqlNode item : select.getSelectList()) {
        if (item instanceof SqlIdentifier star && star.isStar()) {
          boolean ofAll = star.names.size() == 1 || names.contains(star.names.get(0));
          (ofAll ? all : Map.<String, String>of()).forEach(columns::putIfAbsent);
          continue;
        }
        boolean as = item.getKind() == SqlKind.AS;
        SqlNode value = as ? ((SqlCall) item).operand(0) : item;
        SqlNode name = as ? ((SqlCall) item).operand(1) : item;
        if (as || isColumn(item)) {
          String column = SqlSyntax.column(name).orElseThrow();
          read.apply(value).ifPresent(what -> columns.putIfAbsent(column, what));
        }
      }
      return columns;
    }
  }

  /** An expression as SQL that is the same for the same column, with a relation's name or not. */
  private static String plain(SqlNode expression, Set<String> relations) {
    return SqlSyntax.sql(unqualified(expression, relations));
  }

  private static SqlNode unqualified(SqlNode expression, Set<String> relations) {
    return expression.accept(
        new SqlShuttle() {
          @Override
          public SqlNode visit(SqlIdentifier name) {
            return name.names.size() > 1 && relations.contains(name.names.get(0))
                ? name.getComponent(1, name.names.size())
                : name;
          }
        });
  }
}
