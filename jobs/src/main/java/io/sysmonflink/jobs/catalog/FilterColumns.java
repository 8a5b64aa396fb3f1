package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.Collection;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;

/**
 * What a filter makes of the columns that it passes on, as far as its text shows: of SELECTs within
 * SELECTs, and not where it unites.
 */
public final class FilterColumns {

  private FilterColumns() {}

  /**
   * The first column that is not the one of this name that was read, but an expression or another.
   *
   * @param sql a filter
   * @param columns those that must stay as they are
   */
  public static Optional<String> changed(String sql, Collection<String> columns) {
    SqlNode node = SqlSyntax.read(sql).orElse(null);
    while (node != null) {
      if (node instanceof SqlSelect select) {
        for (SqlNode item : select.getSelectList()) {
          Optional<String> changed = changedBy(item).filter(columns::contains);
          if (changed.isPresent()) {
            return changed;
          }
        }
      }
      node = below(node);
    }
    return Optional.empty();
  }

  /** What a node reads from, as far as it is one thing. */
  private static SqlNode below(SqlNode node) {
    if (node instanceof SqlSelect select) {
      return select.getFrom();
    } else if (node instanceof SqlOrderBy ordered) {
      return ordered.query;
    } else if (node instanceof SqlJoin join) {
      return join.getLeft();
    }
    return node.getKind() == SqlKind.AS ? ((SqlCall) node).operand(0) : null;
  }

  /** The name of an item that is more than a column of that name. */
  private static Optional<String> changedBy(SqlNode item) {
    if (item.getKind() != SqlKind.AS) {
      return Optional.empty(); // a column, a star, or an expression without a name
    }
    SqlNode value = uncast(((SqlCall) item).operand(0));
    return SqlSyntax.column(((SqlCall) item).operand(1)).filter(name -> !isColumn(value, name));
  }

  /** Of {@code CAST(x AS STRING)}, x: columns that tell rows apart are STRINGs anyway. */
  private static SqlNode uncast(SqlNode value) {
    return value.getKind() == SqlKind.CAST
            && ((SqlCall) value).operand(1) instanceof SqlDataTypeSpec type
            && SqlSyntax.sql(type).equalsIgnoreCase("STRING")
        ? ((SqlCall) value).operand(0)
        : value;
  }

  private static boolean isColumn(SqlNode value, String name) {
    return value instanceof SqlIdentifier column
        && column.names.size() <= 2
        && SqlSyntax.column(column).filter(name::equals).isPresent();
  }
}
