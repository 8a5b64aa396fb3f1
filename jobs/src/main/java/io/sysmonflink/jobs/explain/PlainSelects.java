package io.sysmonflink.jobs.explain;

import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/** Statements in which one WHERE over one table decides of each record alone. */
final class PlainSelects {

  private PlainSelects() {}

  /**
   * The SELECTs of a statement, from the one that reads the table outwards.
   *
   * @return empty if anything but the innermost one's WHERE may take a record away
   */
  static Optional<List<SqlSelect>> of(SqlNode statement) {
    return nested(statement)
        .filter(selects -> selects.stream().skip(1).allMatch(PlainSelects::isProjection));
  }

  /**
   * The outermost SELECT of a statement.
   *
   * @return empty if anything but its WHERE may take a record away
   */
  static Optional<SqlSelect> filtering(SqlNode statement) {
    return nested(statement)
        .filter(
            selects ->
                selects.stream().limit(selects.size() - 1L).allMatch(PlainSelects::isProjection))
        .map(selects -> selects.get(selects.size() - 1))
        .filter(select -> select.getGroup() == null);
  }

  /**
   * The SELECTs that a statement consists of, each reading the one before it, the first a table.
   */
  private static Optional<List<SqlSelect>> nested(SqlNode statement) {
    List<SqlSelect> selects = new ArrayList<>();
    SqlNode node = statement;
    while (node instanceof SqlSelect select && isPlain(select)) {
      selects.add(0, select);
      node = unaliased(select.getFrom());
    }
    boolean ofTable = !selects.isEmpty() && table(selects.get(0).getFrom()).isPresent();
    return ofTable && SqlSyntax.all(statement, SqlSelect.class).size() == selects.size()
        ? Optional.of(selects)
        : Optional.empty();
  }

  /** Whether this SELECT is of a table or view of this name. */
  static boolean reads(SqlSelect select, String table) {
    return table(select.getFrom()).filter(table::equals).isPresent();
  }

  private static boolean isPlain(SqlSelect select) {
    return !select.isDistinct()
        && select.getHaving() == null
        && select.getQualify() == null
        && select.getOffset() == null
        && select.getFetch() == null;
  }

  /** Whether it does no more than name and compute columns. */
  private static boolean isProjection(SqlSelect select) {
    return isPlain(select) && select.getWhere() == null && select.getGroup() == null;
  }

  /** The table's name, if a FROM is no more than that, under another name maybe. */
  static Optional<String> table(SqlNode from) {
    return SqlSyntax.column(unaliased(from));
  }

  // A list of columns may follow the other name: then it is more than a name.
  private static SqlNode unaliased(SqlNode from) {
    return isAlias(from) && ((SqlBasicCall) from).operandCount() == 2
        ? ((SqlBasicCall) from).operand(0)
        : from;
  }

  static boolean isAlias(SqlNode node) {
    return node != null && node.getKind() == SqlKind.AS;
  }
}
