package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Generates the logs, lets the contenders run over them in turn, compares, and prints the table.
 */
@Command(
    name = "benchmarks/run",
    description = {
      "Runs both detections over generated logs, here and in its peers, and prints a table in Markdown.",
      "No time is printed before all runs have found the same rows."
    })
final class Benchmark implements Callable<Integer> {

  @Parameters(hidden = true, description = "The project's folder; the script gives it.")
  private Path root;

  @Spec private CommandSpec spec;

  @Option(names = "--log", description = "Only this log; may be repeated: ${COMPLETION-CANDIDATES}")
  private List<SysmonLog.Kind> logs = List.of(SysmonLog.Kind.values());

  @Option(
      names = "--shape",
      description = "Only this shape; may be repeated: ${COMPLETION-CANDIDATES}")
  private List<Shape> shapes = List.of(Shape.values());

  @Option(
      names = "--size",
      defaultValue = "1g",
      converter = Size.Converter.class,
      description = "Of the XML; the other shapes hold as many events. (${DEFAULT-VALUE})")
  private Size size;

  @Option(names = "--seed", defaultValue = "22", description = "Of the logs. (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Of each, in turn. (${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--threads",
      split = ",",
      defaultValue = "1,2",
      description = "Of the peers, and the job's parallelism. (${DEFAULT-VALUE})")
  private List<Integer> threads;

  @Option(
      names = "--peer",
      description = "Only this peer; may be repeated: ${COMPLETION-CANDIDATES}")
  private List<Contender.Engine> peers = List.of(Contender.Engine.values());

  @Option(
      names = "--detections",
      defaultValue = "2",
      description = "Also the job with so many: the two, and generated ones of their shape.")
  private int detections;

  @Option(names = "--no-job", description = "Peers only.")
  private boolean noJob;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    if (runs < 1 || threads.stream().anyMatch(number -> number < 1)) {
      throw new ParameterException(spec.commandLine(), "--runs and --threads are numbers from 1");
    }
    String machine = Machine.describe(root);
    List<Contender> contenders = contenders();
    Report report = new Report();
    for (SysmonLog.Kind kind : logs) {
      LogFiles log = log(kind);
      for (Shape shape : shapes) {
        measure(log, shape, contenders)
            .forEach((contender, measured) -> report.add(row(log, shape, contender, measured)));
      }
    }
    System.out.printf("%s%n%nMedian of %d runs; seed %d.%n%n", machine, runs, seed);
    System.out.print(report.markdown());
    return 0;
  }

  private List<Contender> contenders() {
    List<Contender> contenders = new ArrayList<>();
    for (int number : threads) {
      if (!noJob) {
        contenders.add(new Contender.Detect(root, number, 2));
        if (detections > 2) {
          contenders.add(new Contender.Detect(root, number, detections));
        }
      }
      for (Contender.Engine peer : peers) {
        contenders.add(new Contender.Peer(peer, root, number));
      }
    }
    contenders.add(new Contender.Grep());
    return contenders;
  }

  private LogFiles log(SysmonLog.Kind kind) throws IOException {
    String name = "%s-%d-%d".formatted(kind, size.bytes(), seed);
    LogFiles log =
        new LogFiles(
            root.resolve("benchmarks/target/logs").resolve(name), kind, size.bytes(), seed);
    if (!log.written()) {
      progress("generating " + name);
      log.write();
    }
    return log;
  }

  /** Runs them in turn, so that what else the machine does falls on all. */
  private Map<Contender, List<Measurement>> measure(
      LogFiles log, Shape shape, List<Contender> contenders)
      throws IOException, InterruptedException {
    String where = log.kind() + ", " + shape;
    Path scratch = Files.createDirectories(root.resolve("benchmarks/target/scratch"));
    new Contender.Grep()
        .run(log, shape, scratch); // so that the file is in memory for the first too
    Map<Contender, List<Measurement>> measured = new LinkedHashMap<>();
    List<String> expected = null;
    for (int run = 1; run <= runs; run++) {
      for (Contender contender : contenders) {
        progress("%s: run %d of %d: %s".formatted(where, run, runs, contender.name()));
        Measurement measurement = contender.run(log, shape, scratch);
        if (!(contender instanceof Contender.Grep)) {
          expected = expected == null ? measurement.rows() : expected;
          Comparison.check(where, expected, contender, measurement.rows());
        }
        measured.computeIfAbsent(contender, c -> new ArrayList<>()).add(measurement);
      }
    }
    return measured;
  }

  private static Report.Row row(
      LogFiles log, Shape shape, Contender contender, List<Measurement> measured) {
    try {
      return new Report.Row(
          log.kind(), shape, Files.size(log.file(shape)), log.events(), contender, measured);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void progress(String text) {
    System.err.println("benchmarks: " + text);
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new Benchmark(), args));
  }
}
