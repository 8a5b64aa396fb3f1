package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the figures were measured on, in one line. */
final class Machine {
  private static final Pattern FLINK = Pattern.compile("flink-clients-(.+)\\.jar");
  private static final Pattern SPARK = Pattern.compile("spark-sql_2\\.13-(.+)\\.jar");
  private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.+)");

  private Machine() {}

  static String describe(Path root) throws IOException, SQLException {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %.0f GB memory, %s %s; Java %s; Flink %s, DuckDB %s, Spark %s; load before the first run %.1f",
        system.getAvailableProcessors(),
        processor(),
        system.getTotalMemorySize() / 1e9,
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version(),
        version(root.resolve("jobs/target/lib"), FLINK), // as ./detect runs it
        duckDb(),
        version(root.resolve("benchmarks/spark/target/lib"), SPARK),
        system.getSystemLoadAverage());
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    Matcher model = MODEL.matcher(Files.exists(file) ? Files.readString(file) : "");
    return model.find() ? model.group(1) : "unknown";
  }

  private static String version(Path folder, Pattern jarName) throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.map(jar -> jarName.matcher(jar.getFileName().toString()))
          .filter(Matcher::matches)
          .map(jar -> jar.group(1))
          .findAny()
          .orElse("unknown");
    }
  }

  private static String duckDb() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }
}
