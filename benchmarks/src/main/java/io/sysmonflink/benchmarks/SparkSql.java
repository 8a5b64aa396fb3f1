package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** Both detections in Spark; the seconds are those of its statements, with a session at hand. */
@Command(name = "spark")
final class SparkSql extends PeerProgram {

  @Override
  Found search(int threads, Shape shape) throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + threads + "]")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "ERROR")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", String.valueOf(threads))
            .getOrCreate();
    long start = System.nanoTime();
    spark.sql(sql("spark", "lines"));
    spark.sql(sql("spark", shape.toString()));
    spark.sql("CACHE LAZY TABLE candidates AS " + sql("spark", "candidates"));
    List<ResultRow> rows = new ArrayList<>();
    for (Row row : spark.sql(sql("spark", "detections")).collectAsList()) {
      rows.add(row(row));
    }
    Found found = new Found((System.nanoTime() - start) / 1e9, rows);
    spark.stop();
    return found;
  }

  private static ResultRow row(Row row) {
    return new ResultRow(
        ResultRow.COLUMNS.stream()
            .map(column -> String.valueOf(row.<Object>getAs(column)))
            .toList());
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new SparkSql(), args));
  }
}
