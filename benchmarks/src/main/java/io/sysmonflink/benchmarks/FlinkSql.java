package io.sysmonflink.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import picocli.CommandLine.Command;

/**
 * Both detections in Flink with nothing of this project: its own connector, formats and functions.
 * The seconds are Flink's own for the job, without planning and the start of the cluster.
 */
@Command(name = "flink")
final class FlinkSql extends PeerProgram {

  @Override
  Found search(int threads, Shape shape) throws Exception {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, threads);
    TableEnvironment env =
        TableEnvironment.create(
            EnvironmentSettings.newInstance().inBatchMode().withConfiguration(flink).build());
    env.executeSql(sql("flink", shape + "_lines"));
    env.executeSql("CREATE TEMPORARY VIEW dns_queries AS " + sql("flink", shape.toString()));
    TableResult result = env.executeSql(sql("flink", "detections"));
    List<ResultRow> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = result.collect()) {
      found.forEachRemaining(row -> rows.add(row(row)));
    }
    JobExecutionResult job = result.getJobClient().orElseThrow().getJobExecutionResult().get();
    return new Found(job.getNetRuntime() / 1e3, rows);
  }

  private static ResultRow row(Row row) {
    return new ResultRow(
        ResultRow.COLUMNS.stream().map(column -> String.valueOf(row.getField(column))).toList());
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new FlinkSql(), args));
  }
}
