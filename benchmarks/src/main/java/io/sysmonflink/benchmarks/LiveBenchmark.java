package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the live job under a steady load, and prints how late its rows are and what it holds. */
@Command(
    name = "benchmarks/live",
    description = {
      "Sends events to ./detect live at a steady rate and prints, as tables in Markdown, the delay from the broker's"
          + " append of an event to its append of the row, and the lag.",
      "Broker, sender and job share this machine."
    })
final class LiveBenchmark implements Callable<Integer> {

  private static final Duration SAMPLE = Duration.ofMinutes(1);

  @Parameters(hidden = true, description = "The project's folder; the script gives it.")
  private Path root;

  @Option(
      names = "--rate",
      split = ",",
      defaultValue = "2000,20000",
      description = "Events a second, one rate after the other. (${DEFAULT-VALUE})")
  private List<Integer> rates;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "Of each rate, after 10 that do not count. (${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--soak",
      defaultValue = "0",
      description =
          "So many minutes at the first rate instead, with state and memory every minute.")
  private int soak;

  @Option(names = "-D", paramLabel = "key=value", description = "Of Flink, for the job.")
  private List<String> flink = List.of();

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("benchmarks-live");
    List<String> more = new ArrayList<>();
    flink.forEach(setting -> more.add("-D" + setting));
    more.add("-Dexecution.checkpointing.dir=" + folder.resolve("checkpoints").toUri());
    try (LiveBroker broker = LiveBroker.start(root, folder);
        LiveJob job = LiveJob.start(root, folder, broker, more);
        LiveLoad load = new LiveLoad(broker, 22)) {
      if (soak > 0) {
        soak(job, load);
      } else {
        delays(broker, job, load);
      }
    } finally {
      delete(folder);
    }
    return 0;
  }

  private void delays(LiveBroker broker, LiveJob job, LiveLoad load)
      throws IOException, InterruptedException {
    System.out.println(
        "| events/s | sent/s | median ms | p99 ms | most ms | hits | rows missing | lag after half | lag at the end | job's cores |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (int rate : rates) {
      load.send(rate, Duration.ofSeconds(10));
      load.flush();
      load.forget();
      Map<TopicPartition, Long> start = LiveDelays.end(broker);
      long before = load.sent();
      Duration cpu = job.cpu();
      Duration half = Duration.ofSeconds(seconds).dividedBy(2);
      long halfLag = lagAfter(job, load, rate, half);
      long lag = lagAfter(job, load, rate, half);
      double cores = job.cpu().minus(cpu).toMillis() / 1000.0 / seconds;
      load.flush();
      awaitRead(job, load.sent());
      LiveDelays delays = LiveDelays.read(broker, start, load.appended());
      System.out.printf(
          "| %,d | %,d | %d | %d | %d | %,d | %d | %,d | %,d | %.2f |%n",
          rate,
          (load.sent() - before) / seconds,
          delays.quantile(0.5),
          delays.quantile(0.99),
          delays.quantile(1),
          load.appended().size(),
          delays.missing(),
          halfLag,
          lag,
          cores);
    }
  }

  /**
   * Sends, and tells how many events were not yet read at the end; a second's worth says nothing.
   */
  private static long lagAfter(LiveJob job, LiveLoad load, int rate, Duration duration)
      throws IOException {
    // Flink fetches its metrics when asked, for who asks next.
    Duration last = LiveJob.METRICS_INTERVAL.multipliedBy(4);
    load.send(rate, duration.minus(last));
    for (int i = 0; i < 4; i++) {
      job.records();
      load.send(rate, LiveJob.METRICS_INTERVAL);
    }
    return load.sent() - job.records();
  }

  /** Until all is read and, as what was read last is still on its way, some more. */
  private static void awaitRead(LiveJob job, long sent) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (job.records() < sent && System.nanoTime() < end) {
      LiveLoad.pause(Duration.ofMillis(200));
    }
    LiveLoad.pause(Duration.ofSeconds(3));
  }

  private void soak(LiveJob job, LiveLoad load) throws IOException, InterruptedException {
    System.out.println(
        "| minute | sent/s | lag | state MB | heap after a full collection MB | metaspace MB | threads |");
    System.out.println("|---|---|---|---|---|---|---|");
    LiveHeap middle = null;
    LiveHeap heap = null;
    for (int minute = 1; minute <= soak; minute++) {
      long before = load.sent();
      long lag = lagAfter(job, load, rates.get(0), SAMPLE);
      long sent = load.sent() - before;
      load.forget();
      heap = job.heap();
      middle = minute == (soak + 1) / 2 ? heap : middle;
      System.out.printf(
          "| %d | %,d | %,d | %.1f | %.1f | %d | %d |%n",
          minute,
          sent / SAMPLE.toSeconds(),
          lag,
          job.stateSize() / 1e6,
          heap.total() / 1e6,
          job.ofProcess("Status.JVM.Memory.Metaspace.Used") / 1_000_000,
          job.ofProcess("Status.JVM.Threads.Count"));
    }
    System.out.printf("%n| class | KB more since minute %d |%n|---|---|%n", (soak + 1) / 2);
    for (String name : heap.grownMostSince(middle, 10)) {
      System.out.printf("| `%s` | %,d |%n", name, heap.growth(name, middle) / 1000);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new LiveBenchmark(), args));
  }
}
