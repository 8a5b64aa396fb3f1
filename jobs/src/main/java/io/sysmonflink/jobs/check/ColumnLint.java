package io.sysmonflink.jobs.check;

import io.sysmonflink.decode.event.SysmonSchema;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Fields that no event of the ids that a detection reads can have: they are always NULL. */
final class ColumnLint implements Lint {

  private final Map<String, Detection> detections;

  /**
   * Takes the detections, for their event ids.
   *
   * @param detections those whose metadata could be read
   */
  ColumnLint(Collection<Detection> detections) {
    this.detections =
        detections.stream().collect(Collectors.toMap(Detection::name, detection -> detection));
  }

  @Override
  public void check(Parsed sql, Consumer<Finding> findings) {
    Detection detection = sql.isIn("detections") ? detections.get(sql.file().name()) : null;
    if (detection == null || !SysmonSchema.areKnown(detection.metadata().eventCodes())) {
      return;
    }
    List<Integer> ids = detection.metadata().eventCodes();
    Set<String> told = new HashSet<>(SysmonSchema.fields(ids));
    told.addAll(aliases(sql.statement()));
    for (SqlIdentifier name : SqlSyntax.all(sql.statement(), SqlIdentifier.class)) {
      String column = SqlSyntax.column(name).orElse("");
      if (SysmonSchema.fields().contains(column) && told.add(column)) {
        findings.accept(
            Finding.error(
                sql.place(name),
                "%s is always missing: no event of id %s has it; those of id %s have"
                    .formatted(column, listed(ids), listed(SysmonSchema.having(column)))));
      }
    }
  }

  /** Names that the query gives: they may stand for anything. */
  private static Set<String> aliases(SqlNode statement) {
    return SqlSyntax.all(statement, SqlBasicCall.class).stream()
        .filter(call -> call.getKind() == SqlKind.AS)
        .flatMap(call -> SqlSyntax.column(call.operand(1)).stream())
        .collect(Collectors.toSet());
  }

  private static String listed(List<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
