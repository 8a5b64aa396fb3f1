package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One way to search a log, with so many threads. */
sealed interface Contender {

  String name();

  int threads();

  Measurement run(LogFiles log, Shape shape, Path scratch) throws IOException, InterruptedException;

  /** This project's backfill, by its command line. */
  record Detect(Path root, int threads) implements Contender {
    @Override
    public String name() {
      return "`detect backfill`";
    }

    @Override
    public Measurement run(LogFiles log, Shape shape, Path scratch)
        throws IOException, InterruptedException {
      Path output = scratch.resolve("detect");
      TimedProcess process =
          TimedProcess.run(
              List.of(
                  root.resolve("detect").toString(),
                  "backfill",
                  "--input=" + log.file(shape),
                  "--from=" + SysmonLog.FROM,
                  "--to=" + SysmonLog.TO,
                  "--output=" + output,
                  "--quiet",
                  "--parallelism=" + threads),
              scratch);
      DetectOutput found = DetectOutput.read(output, log.events());
      return new Measurement(process, found.seconds(), found.rows());
    }
  }

  /** DuckDB, in a Java process of its own. */
  record Duck(int threads) implements Contender {
    @Override
    public String name() {
      return "DuckDB";
    }

    @Override
    public Measurement run(LogFiles log, Shape shape, Path scratch)
        throws IOException, InterruptedException {
      Path output = scratch.resolve("duckdb.csv");
      TimedProcess process =
          TimedProcess.run(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  DuckDb.class.getName(),
                  "--shape=" + shape.name(),
                  "--input=" + log.file(shape),
                  "--threads=" + threads,
                  "--output=" + output),
              scratch);
      double seconds = Double.parseDouble(process.output().get(0));
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
