package io.sysmonflink.jobs.explain;

import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.syntax.SqlSyntax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * A detection's SQL and its filter's, taken apart.
 *
 * @param from the view or table it searches, a macro as a rule
 * @param alias what its conditions call that
 * @param where its conditions
 * @param byFields what it groups by, as people read it
 * @param filter the filter's condition, in terms of what the search reads
 */
record Search(
    Detection detection,
    String from,
    String alias,
    Clause where,
    Set<String> byFields,
    Optional<Clause> filter,
    Columns columns) {

  /**
   * Takes a detection apart.
   *
   * @param render gives a file's SQL with its keys replaced
   * @throws UserError if it does not read one view, once
   */
  static Search of(Detection detection, Function<SqlFile, String> render) {
    SqlFile file = detection.query();
    SqlNode statement = SqlSyntax.parse(file, render.apply(file));
    List<SqlSelect> searches =
        SqlSyntax.all(statement, SqlSelect.class).stream()
            .filter(select -> table(select.getFrom()).isPresent())
            .toList();
    if (searches.size() != 1) {
      throw file.error(
          "cannot be explained: it must read from one macro, once; leave it out by --detection");
    }
    SqlSelect search = searches.get(0);
    Columns columns = new Columns();
    String from = table(search.getFrom()).orElseThrow();
    return new Search(
        detection,
        from,
        alias(search.getFrom()).orElse(from),
        conditions(search.getWhere(), columns),
        byFields(search),
        filter(detection.filter(), render, resultColumns(statement, search), columns),
        columns);
  }

  /** A clause of a WHERE that a single record decides; none holds always. */
  static Clause conditions(SqlNode where, Columns columns) {
    return where == null
        ? new Clause.Joined(true, List.of(), 0)
        : Clause.of(where, columns, condition -> true);
  }

  private static Optional<String> table(SqlNode from) {
    SqlNode table = isAlias(from) ? ((SqlBasicCall) from).operand(0) : from;
    return from == null ? Optional.empty() : SqlSyntax.column(table);
  }

  /** What a FROM calls its table, if that is another name. */
  static Optional<String> alias(SqlNode from) {
    return isAlias(from) ? SqlSyntax.column(((SqlBasicCall) from).operand(1)) : Optional.empty();
  }

  private static boolean isAlias(SqlNode node) {
    return node != null && node.getKind() == SqlKind.AS;
  }

  private static Set<String> byFields(SqlSelect search) {
    return search.getGroup() == null
        ? Set.of()
        : search.getGroup().stream().map(SqlSyntax::display).collect(Collectors.toSet());
  }

  /** The by-fields by the names that the result has them under. */
  private static Map<String, SqlNode> resultColumns(SqlNode statement, SqlSelect search) {
    Map<String, SqlNode> inner = selected(search);
    inner.values().removeIf(column -> !byFields(search).contains(SqlSyntax.display(column)));
    if (statement == search) {
      return inner;
    }
    Map<String, SqlNode> results = new HashMap<>();
    if (statement instanceof SqlSelect outer) {
      selected(outer)
          .forEach(
              (name, column) ->
                  SqlSyntax.column(column)
                      .map(inner::get)
                      .ifPresent(field -> results.put(name, field)));
    }
    return results;
  }

  private static Map<String, SqlNode> selected(SqlSelect select) {
    Map<String, SqlNode> columns = new HashMap<>();
    for (SqlNode item : select.getSelectList()) {
      SqlNode column = isAlias(item) ? ((SqlBasicCall) item).operand(0) : item;
      SqlNode name = isAlias(item) ? ((SqlBasicCall) item).operand(1) : item;
      SqlSyntax.column(name).ifPresent(result -> columns.put(result, column));
    }
    return columns;
  }

  private static Optional<Clause> filter(
      SqlFile file,
      Function<SqlFile, String> render,
      Map<String, SqlNode> resultColumns,
      Columns columns) {
    SqlNode statement = SqlSyntax.parse(file, render.apply(file));
    if (!(statement instanceof SqlSelect select) || select.getWhere() == null) {
      return Optional.empty();
    }
    SqlNode condition = select.getWhere().accept(new Renaming(resultColumns));
    return Optional.of(Clause.of(condition, columns, Search::isOfByFields));
  }

  private static boolean isOfByFields(SqlNode condition) {
    return SqlSyntax.all(condition, Untold.class).isEmpty();
  }

  /** A column of the result that is no by-field. */
  private static final class Untold extends SqlIdentifier {
    Untold(SqlIdentifier column) {
      super(column.names, column.getParserPosition());
    }
  }

  private static final class Renaming extends SqlShuttle {

    private final Map<String, SqlNode> columns;

    Renaming(Map<String, SqlNode> columns) {
      this.columns = columns;
    }

    @Override
    public SqlNode visit(SqlIdentifier name) {
      SqlNode column = SqlSyntax.column(name).map(columns::get).orElse(null);
      return column == null ? new Untold(name) : column;
    }
  }
}
