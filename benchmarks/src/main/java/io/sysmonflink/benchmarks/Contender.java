package io.sysmonflink.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One way to search a log, with so many threads. */
sealed interface Contender {

  String name();

  int threads();

  Measurement run(LogFiles log, Shape shape, Path scratch) throws IOException, InterruptedException;

  /**
   * This project's backfill, by its command line.
   *
   * @param detections how many; what there are more than the bundled two is generated
   */
  record Detect(Path root, int threads, int detections) implements Contender {
    @Override
    public String name() {
      return detections == 2
          ? "`detect backfill`"
          : "`detect backfill`, %d detections".formatted(detections);
    }

    @Override
    public Measurement run(LogFiles log, Shape shape, Path scratch)
        throws IOException, InterruptedException {
      Path output = scratch.resolve("detect-" + detections);
      List<String> command =
          new ArrayList<>(
              List.of(
                  root.resolve("detect").toString(),
                  "backfill",
                  "--input=" + log.file(shape),
                  "--from=" + SysmonLog.FROM,
                  "--to=" + SysmonLog.TO,
                  "--output=" + output,
                  "--quiet",
                  "--parallelism=" + threads));
      if (detections > 2) {
        Path sql = scratch.resolve("sql-" + detections);
        command.add("--sql=" + GeneratedDetections.write(root, sql, detections));
      }
      TimedProcess process = TimedProcess.run(command, scratch);
      DetectOutput found = DetectOutput.read(output, log.events());
      return new Measurement(process, found.seconds(), found.rows());
    }
  }

  /** An engine that other people search such logs with, in a Java process of its own. */
  enum Engine {
    DUCKDB("DuckDB", DuckDb.class),
    SPARK("Spark", SparkSql.class),
    FLINK("plain Flink SQL", FlinkSql.class);

    private final String display;
    private final Class<?> main;

    Engine(String display, Class<?> main) {
      this.display = display;
      this.main = main;
    }

    /** Its own libraries; the benchmark's come before them, since these are few. */
    private String classPath(Path root) {
      String program = ownJars("benchmarks.jar", "picocli");
      return switch (this) {
        case DUCKDB -> System.getProperty("java.class.path");
        case SPARK -> program + File.pathSeparator + root.resolve("benchmarks/spark/target/lib/*");
        // The job's jar, since it shades commons-lang3, which Flink needs.
        case FLINK ->
            String.join(
                File.pathSeparator,
                program,
                ownJars("flink-rpc-akka-loader"),
                root.resolve("jobs/target/lib/*").toString(),
                root.resolve("jobs/target/flink-sysmon-detections.jar").toString());
      };
    }

    private static String ownJars(String... names) {
      return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(jar -> Stream.of(names).anyMatch(Path.of(jar).getFileName().toString()::startsWith))
          .collect(Collectors.joining(File.pathSeparator));
    }

    /** What it reaches into; Spark's launcher would name the same. */
    private List<String> options() {
      if (this == DUCKDB) {
        return List.of();
      }
      return Stream.of(
              "java.base/java.lang",
              "java.base/java.lang.invoke",
              "java.base/java.net",
              "java.base/java.nio",
              "java.base/java.util",
              "java.base/java.util.concurrent",
              "java.base/java.util.concurrent.atomic",
              "java.base/sun.nio.ch",
              "java.base/sun.security.action",
              "java.base/sun.util.calendar")
          .map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED")
          .toList();
    }
  }

  /** A peer with so many threads. */
  record Peer(Engine engine, Path root, int threads) implements Contender {
    @Override
    public String name() {
      return engine.display;
    }

    @Override
    public Measurement run(LogFiles log, Shape shape, Path scratch)
        throws IOException, InterruptedException {
      Path output = scratch.resolve("peer.csv");
      Files.deleteIfExists(output);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(engine.options());
      command.addAll(
          List.of(
              "-cp",
              engine.classPath(root),
              engine.main.getName(),
              "--shape=" + shape.name(),
              "--input=" + log.file(shape),
              "--threads=" + threads,
              "--output=" + output));
      TimedProcess process = TimedProcess.run(command, scratch);
      List<String> printed = process.output();
      double seconds = Double.parseDouble(printed.get(printed.size() - 1));
      return new Measurement(process, seconds, Files.readAllLines(output));
    }
  }

  /** The floor: a scan for one string. It finds no rows, and is not compared. */
  record Grep() implements Contender {
    @Override
    public String name() {
      return "`grep -c`";
    }

    @Override
    public int threads() {
      return 1;
    }

    @Override
    public Measurement run(LogFiles log, Shape shape, Path scratch)
        throws IOException, InterruptedException {
      TimedProcess process =
          TimedProcess.run(
              List.of("env", "LC_ALL=C", "grep", "-cF", shape.needle, log.file(shape).toString()),
              scratch);
      return new Measurement(process, process.seconds(), List.of());
    }
  }
}
