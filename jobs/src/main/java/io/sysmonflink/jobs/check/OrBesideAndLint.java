package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.catalog.Place;
import io.sysmonflink.jobs.sql.SqlPlaces;
import io.sysmonflink.jobs.sql.SqlSyntax;
import io.sysmonflink.jobs.sql.SqlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/**
 * An OR beside an AND: SQL takes the AND first, SPL's search the OR, so parentheses must say which
 * is meant. The first OR of each such row is told.
 */
final class OrBesideAndLint implements Lint {

  @Override
  public void check(Parsed sql, Consumer<Finding> findings) {
    String text = sql.file().text();
    SqlPlaces places = new SqlPlaces(text);
    List<SqlCall> ors =
        SqlSyntax.all(sql.statement(), SqlCall.class).stream()
            .filter(call -> call.getKind() == SqlKind.OR)
            .toList();
    Set<SqlCall> known = Collections.newSetFromMap(new IdentityHashMap<>());
    for (SqlCall or : ors) {
      // The outermost OR of a row comes before those that it joins.
      List<SqlCall> row = known.contains(or) ? List.of() : row(places, or);
      known.addAll(row);
      if (row.stream().anyMatch(one -> joinsAnd(places, one))) {
        int place = places.operator(row.get(row.size() - 1));
        findings.accept(
            Finding.error(
                new Place(
                    sql.file().display(),
                    SqlText.lineOf(text, place),
                    SqlText.columnOf(text, place)),
                "OR beside AND: SQL takes the AND first, SPL's search the OR; say by parentheses what is meant"));
      }
    }
  }

  /** An OR and those that stand in a row with it, without parentheses; the first one last. */
  private static List<SqlCall> row(SqlPlaces places, SqlCall or) {
    List<SqlCall> row = new ArrayList<>(List.of(or));
    SqlNode left = or.operand(0);
    while (left.getKind() == SqlKind.OR && !places.isEnclosed((SqlCall) left)) {
      row.add((SqlCall) left);
      left = ((SqlCall) left).operand(0);
    }
    return row;
  }

  private static boolean joinsAnd(SqlPlaces places, SqlCall or) {
    return or.getOperandList().stream()
        .anyMatch(part -> part.getKind() == SqlKind.AND && !places.isEnclosed((SqlCall) part));
  }
}
