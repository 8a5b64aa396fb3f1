package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;

/** A source that works, and guarantees less than {@code sysmon-kafka} does. */
final class ConnectorLint implements Lint {

  @Override
  public void check(Parsed sql, Consumer<Finding> findings) {
    if (!sql.isIn("sources")) {
      return;
    }
    for (SqlCall call : SqlSyntax.all(sql.statement(), SqlCall.class)) {
      if (isOption(call, "connector", "kafka")) {
        findings.accept(
            Finding.warning(
                sql.place(call),
                "connector 'kafka' works, with fewer guarantees than 'sysmon-kafka': offsets that are gone are not"
                    + " told, and records that are still there may be passed over with them; a bounded run waits for"
                    + " open transactions or takes aborted records for events; what was read is not counted, and a"
                    + " second live job of the same group or transactional prefix is not seen"));
      }
    }
  }

  private static boolean isOption(SqlCall call, String key, String value) {
    List<SqlNode> operands = call.getOperandList();
    return operands.size() == 2
        && SqlSyntax.text(operands.get(0)).equals(Optional.of(key))
        && SqlSyntax.text(operands.get(1)).equals(Optional.of(value));
  }
}
