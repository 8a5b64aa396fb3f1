package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/** By-fields of a detection that are not asked to be there. */
final class ByFieldLint implements Lint {

  /** Every event has them. */
  private static final Set<String> NEVER_MISSING = Set.of("EventCode", "_time");

  @Override
  public void check(Parsed sql, Consumer<Finding> findings) {
    if (!sql.isIn("detections")) {
      return;
    }
    for (SqlSelect select : SqlSyntax.all(sql.statement(), SqlSelect.class)) {
      if (select.getGroup() != null) {
        Set<String> present = present(select.getWhere());
        present.addAll(given(select.getFrom()));
        for (SqlNode field : select.getGroup()) {
          if (!present.contains(name(field)) && !NEVER_MISSING.contains(name(field))) {
            findings.accept(
                Finding.error(
                    sql.place(field),
                    "by-field %s: the WHERE lacks %s IS NOT NULL; SPL's stats drops an event without it"
                        .formatted(name(field), name(field))));
          }
        }
      }
    }
  }

  private static Set<String> present(SqlNode where) {
    List<SqlNode> conditions = SqlSyntax.conjuncts(where);
    return conditions.stream()
        .filter(condition -> condition.getKind() == SqlKind.IS_NOT_NULL)
        .map(condition -> name(((SqlCall) condition).operand(0)))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The columns that are there in all rows of the SELECT that a query reads from, if it is one. */
  private static Set<String> given(SqlNode from) {
    SqlNode read =
        from != null && from.getKind() == SqlKind.AS ? ((SqlCall) from).operand(0) : from;
    if (!(read instanceof SqlSelect select)) {
      return Set.of();
    }
    Set<String> present = present(select.getWhere());
    present.addAll(given(select.getFrom()));
    Set<String> given = new HashSet<>();
    for (SqlNode column : select.getSelectList()) {
      if (column instanceof SqlIdentifier all && all.isStar()) {
        given.addAll(present);
      } else if (column.getKind() == SqlKind.AS) {
        SqlCall named = (SqlCall) column;
        if (present.contains(name(named.operand(0)))) {
          given.add(name(named.operand(1)));
        }
      } else if (present.contains(name(column))) {
        given.add(name(column));
      }
    }
    return given;
  }

  // `s.Image` is as good as `Image`.
  private static String name(SqlNode expression) {
    return SqlSyntax.column(expression).orElseGet(expression::toString);
  }
}
