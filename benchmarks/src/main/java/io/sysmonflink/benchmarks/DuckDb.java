package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs both detections over one file in DuckDB. */
@Command(
    name = "duckdb",
    description =
        "Runs both detections over one file in DuckDB; prints the seconds that the query took.")
final class DuckDb implements Callable<Integer> {

  @Option(names = "--shape", required = true, description = "${COMPLETION-CANDIDATES}")
  private Shape shape;

  @Option(names = "--input", required = true, description = "The log.")
  private Path input;

  @Option(names = "--threads", defaultValue = "1", description = "(${DEFAULT-VALUE})")
  private int threads;

  @Option(names = "--output", required = true, description = "Where to write the rows, as CSV.")
  private Path output;

  @Override
  public Integer call() throws IOException, SQLException {
    List<ResultRow> rows = new ArrayList<>();
    long start;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      start = System.nanoTime();
      statement.execute("SET threads = " + threads);
      // What the order of the lines in the file is does not matter to either search.
      statement.execute("SET preserve_insertion_order = false");
      statement.execute(sql("macros"));
      statement.execute(sql(shape.toString()));
      try (ResultSet found = statement.executeQuery(sql("detections"))) {
        while (found.next()) {
          rows.add(row(found));
        }
      }
      Files.write(output, lines(rows));
      System.out.printf("%.3f%n", (System.nanoTime() - start) / 1e9);
    }
    return 0;
  }

  private static ResultRow row(ResultSet found) throws SQLException {
    List<String> values = new ArrayList<>();
    for (String column : ResultRow.COLUMNS) {
      values.add(found.getString(column));
    }
    return new ResultRow(values);
  }

  private static List<String> lines(List<ResultRow> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(ResultRow.header());
    rows.stream().map(ResultRow::csv).sorted().forEach(lines::add);
    return lines;
  }

  private String sql(String name) throws IOException {
    try (var stream = DuckDb.class.getResourceAsStream("/duckdb/" + name + ".sql")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${input}", input.toString().replace("'", "''"))
          .replace("${from}", SysmonLog.FROM.toString())
          .replace("${to}", SysmonLog.TO.toString());
    }
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new DuckDb(), args));
  }
}
