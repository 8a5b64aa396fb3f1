package io.sysmonflink.jobs.explain;

import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
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
   * @throws UserError if a WHERE is not all that decides, in it or in its filter
   */
  static Search of(Detection detection, Function<SqlFile, String> render) {
    SqlFile file = detection.query();
    SqlNode statement = file.parse(render.apply(file));
    List<SqlSelect> selects =
        PlainSelects.of(statement)
            .orElseThrow(
                () ->
                    file.error(
                        "cannot be explained: it must read from one macro, once, and choose by one WHERE: no HAVING, DISTINCT or LIMIT, and nothing but columns above it; leave it out by --detection"));
    SqlSelect search = selects.get(0);
    Columns columns = new Columns();
    String from = PlainSelects.table(search.getFrom()).orElseThrow();
    return new Search(
        detection,
        from,
        alias(search.getFrom()).orElse(from),
        conditions(search.getWhere(), columns),
        byFields(search),
        filter(detection, render, resultColumns(selects), columns),
        columns);
  }

  /** A clause of a WHERE that a single record decides; none holds always. */
  static Clause conditions(SqlNode where, Columns columns) {
    return where == null
        ? new Clause.Joined(true, List.of(), 0)
        : Clause.of(where, columns, condition -> true);
  }

  /** What a FROM calls its table, if that is another name. */
  static Optional<String> alias(SqlNode from) {
    return PlainSelects.isAlias(from)
        ? SqlSyntax.column(((SqlBasicCall) from).operand(1))
        : Optional.empty();
  }

  private static Set<String> byFields(SqlSelect search) {
    return search.getGroup() == null
        ? Set.of()
        : search.getGroup().stream().map(SqlSyntax::display).collect(Collectors.toSet());
  }

  /** The by-fields by the names that the result has them under. */
  private static Map<String, SqlNode> resultColumns(List<SqlSelect> selects) {
    SqlSelect search = selects.get(0);
    Map<String, SqlNode> fields = selected(search);
    fields.values().removeIf(column -> !byFields(search).contains(SqlSyntax.display(column)));
    for (SqlSelect outer : selects.subList(1, selects.size())) {
      Map<String, SqlNode> renamed = new HashMap<>();
      for (var column : selected(outer).entrySet()) {
        SqlSyntax.column(column.getValue())
            .map(fields::get)
            .ifPresent(field -> renamed.put(column.getKey(), field));
      }
      fields = renamed;
    }
    return fields;
  }

  private static Map<String, SqlNode> selected(SqlSelect select) {
    Map<String, SqlNode> columns = new HashMap<>();
    for (SqlNode item : select.getSelectList()) {
      SqlNode column = PlainSelects.isAlias(item) ? ((SqlBasicCall) item).operand(0) : item;
      SqlNode name = PlainSelects.isAlias(item) ? ((SqlBasicCall) item).operand(1) : item;
      SqlSyntax.column(name).ifPresent(result -> columns.put(result, column));
    }
    return columns;
  }

  private static Optional<Clause> filter(
      Detection detection,
      Function<SqlFile, String> render,
      Map<String, SqlNode> resultColumns,
      Columns columns) {
    SqlFile file = detection.filter();
    SqlNode statement = file.parse(render.apply(file));
    SqlSelect select =
        PlainSelects.of(statement)
            .filter(selects -> selects.size() == 1 && selects.get(0).getGroup() == null)
            .map(selects -> selects.get(0))
            .filter(one -> PlainSelects.reads(one, detection.name()))
            .orElseThrow(
                () ->
                    file.error(
                        "cannot be explained: it must be one plain SELECT ... FROM %s WHERE ...; leave %s out by --detection"
                            .formatted(detection.name(), detection.name())));
    return Optional.ofNullable(select.getWhere())
        .map(where -> where.accept(new Renaming(resultColumns)))
        .map(condition -> Clause.of(condition, columns, Search::isOfByFields));
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
