package io.sysmonflink.functions;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CollectionUtil;

/** A Flink SQL session as a user would open it: the functions come by CREATE FUNCTION. */
final class SqlSession {

  private final TableEnvironment tables;

  private SqlSession(TableEnvironment tables) {
    this.tables = tables;
  }

  static SqlSession open(RuntimeExecutionMode mode) {
    EnvironmentSettings.Builder settings = EnvironmentSettings.newInstance();
    TableEnvironment tables =
        TableEnvironment.create(
            mode == RuntimeExecutionMode.BATCH
                ? settings.inBatchMode().build()
                : settings.inStreamingMode().build());
    tables.getConfig().set("parallelism.default", "1");
    // Nothing printed may depend on it.
    tables.getConfig().set("table.local-time-zone", "Asia/Kolkata");
    create(tables, "WILDCARD_IN", WildcardIn.class);
    create(tables, "NORMALIZE_PATH", NormalizePath.class);
    create(tables, "PROCESS_NAME", ProcessName.class);
    create(tables, "CTIME", Ctime.class);
    create(tables, "TRAILING_STATS", TrailingStats.class);
    create(tables, "SPL_VALUES", SplValues.class);
    create(tables, "FIRST_SIGHT", FirstSight.class);
    return new SqlSession(tables);
  }

  private static void create(TableEnvironment tables, String name, Class<?> function) {
    tables.executeSql("CREATE FUNCTION " + name + " AS '" + function.getName() + "'");
  }

  TableEnvironment tables() {
    return tables;
  }

  SqlSession set(String key, String value) {
    tables.getConfig().set(key, value);
    return this;
  }

  /** Every change in the order in which it came. */
  List<Row> changes(String sql) {
    return CollectionUtil.iteratorToList(tables.executeSql(sql).collect());
  }

  /** What is left when all changes are in. */
  List<Row> rows(String sql) {
    List<Row> left = new ArrayList<>();
    for (Row row : changes(sql)) {
      RowKind kind = row.getKind();
      row.setKind(RowKind.INSERT);
      if (kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER) {
        left.add(row);
      } else {
        left.remove(row);
      }
    }
    return left;
  }
}
