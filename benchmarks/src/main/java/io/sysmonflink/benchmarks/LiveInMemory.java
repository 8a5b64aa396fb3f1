package io.sysmonflink.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The live job with Kafka taken out: see {@link InMemorySource}. */
@Command(
    name = "benchmarks/live-in-memory",
    description = {
      "Runs the live job over messages in memory, one task, and prints how many it takes a second.",
      "From the first message to the last: decode, both detections, and what comes after."
    })
final class LiveInMemory implements Callable<Integer> {

  private static final Pattern TOLD =
      Pattern.compile(Pattern.quote(InMemorySource.SAYS) + "(\\d+) messages in ([0-9.]+) s");

  @Parameters(hidden = true, description = "The project's folder; the script gives it.")
  private Path root;

  @Option(
      names = "--shape",
      description = "Only this shape; may be repeated: ${COMPLETION-CANDIDATES}")
  private List<Shape> shapes = List.of(Shape.values());

  @Option(names = "--messages", defaultValue = "6000000", description = "(${DEFAULT-VALUE})")
  private long messages;

  @Option(names = "--heap", defaultValue = "1g", description = "Java's -Xmx. (${DEFAULT-VALUE})")
  private String heap;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LogFiles log =
        new LogFiles(
            root.resolve("benchmarks/target/logs/live"), SysmonLog.Kind.MIXED, 32L << 20, 22);
    if (!log.written()) {
      log.write();
    }
    Path scratch = Files.createDirectories(root.resolve("benchmarks/target/scratch"));
    Path sql = Files.createDirectories(scratch.resolve("live-sql/sources"));
    try (var source = LiveInMemory.class.getResourceAsStream("/live/sources/in_memory.sql")) {
      Files.write(sql.resolve("in_memory.sql"), source.readAllBytes());
    }
    System.out.print("| shape | messages | heap | messages/s |\n|---|--:|--:|--:|\n");
    for (Shape shape : shapes) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %s | %,.0f |%n",
          shape,
          messages,
          heap,
          run(log, shape, sql.getParent(), scratch));
    }
    return 0;
  }

  /** Messages a second. */
  private double run(LogFiles log, Shape shape, Path sql, Path scratch)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dlog4j2.configurationFile=classpath:detect-log4j2.properties",
            "-cp",
            String.join(
                File.pathSeparator,
                root.resolve("jobs/target/flink-sysmon-detections.jar").toString(),
                root.resolve("jobs/target/lib/*").toString(),
                root.resolve("benchmarks/target/benchmarks.jar").toString()),
            "io.sysmonflink.jobs.Detect",
            "live",
            "--sql=" + sql,
            "--source=in_memory",
            "--output=console",
            "--start=" + SysmonLog.FROM,
            "--parallelism=1",
            "--set=path=" + log.file(shape),
            "--set=messages=" + messages);
    TimedProcess.run(command, scratch);
    Matcher told = TOLD.matcher(Files.readString(scratch.resolve("stderr")));
    if (!told.find() || Long.parseLong(told.group(1)) != messages) {
      throw new IOException("the job does not tell that it has read " + messages + " messages");
    }
    if (Files.size(scratch.resolve("stdout")) == 0) {
      throw new IOException("the job has found nothing");
    }
    return messages / Double.parseDouble(told.group(2));
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new LiveInMemory(), args));
  }
}
