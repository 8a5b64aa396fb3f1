package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * Both detections in DuckDB; the seconds are those of the query and of the fetching of its rows.
 */
@Command(name = "duckdb")
final class DuckDb extends PeerProgram {

  @Override
  Found search(int threads, Shape shape) throws IOException, SQLException {
    List<ResultRow> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      long start = System.nanoTime();
      statement.execute("SET threads = " + threads);
      // What the order of the lines in the file is does not matter to either search.
      statement.execute("SET preserve_insertion_order = false");
      statement.execute(sql("duckdb", "macros"));
      statement.execute(sql("duckdb", shape.toString()));
      try (ResultSet found = statement.executeQuery(sql("duckdb", "detections"))) {
        while (found.next()) {
          rows.add(row(found));
        }
      }
      return new Found((System.nanoTime() - start) / 1e9, rows);
    }
  }

  private static ResultRow row(ResultSet found) throws SQLException {
    List<String> values = new ArrayList<>();
    for (String column : ResultRow.COLUMNS) {
      values.add(found.getString(column));
    }
    return new ResultRow(values);
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new DuckDb(), args));
  }
}
