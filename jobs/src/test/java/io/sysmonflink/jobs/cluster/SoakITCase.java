package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.DetectRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A live job on a cluster, and a fault each minute: in the end all is written that the oracle
 * finds. All kinds of fault come in each round, in an order that a seed draws. Runs with {@code
 * -Psoak} only; {@code -Dsoak.minutes} (default: 30), {@code -Dsoak.seed} (default: 1) and {@code
 * -Dsoak.delivery} (default: exactly-once) set it.
 */
@Tag("soak")
@ExtendWith(ProcessLogs.class)
class SoakITCase {

  private static final Duration MINUTES = Duration.ofMinutes(Long.getLong("soak.minutes", 30));
  private static final Random RANDOM = new Random(Long.getLong("soak.seed", 1));
  private static final String DELIVERY = System.getProperty("soak.delivery", "exactly-once");
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** The flow lasts as long as the soak: it begins with 13 messages each 200 ms. */
  private static final int EVENTS = 40_000;

  private static final int PARTS = 3_000;
  private static final String NAME = "soak";

  private static KafkaBroker broker;
  private static FlinkCluster cluster;
  private static TopicChanges changes;

  @TempDir private static Path folder;
  private static Path checkpoints;

  private EventFlow flow;
  private DetachedJob job;
  private List<String> arguments;
  private final List<String> gaps = new ArrayList<>();

  private enum Fault {
    TASK_MANAGER_KILLED,
    JOB_MANAGER_KILLED,
    BROKER_STOPPED,
    CHECKPOINTS_AWAY,
    FILE_ROTATED,
    LARGE_MESSAGE,
    RETENTION
  }

  @BeforeAll
  static void start(@TempDir Path kafka, @TempDir Path flink, Path logs) throws Exception {
    checkpoints = Files.createDirectories(folder.resolve("checkpoints"));
    broker = KafkaBroker.started(kafka, logs);
    changes = new TopicChanges(broker);
    cluster =
        FlinkCluster.session(
            flink.resolve("home"), logs, 1, DetachedJob.checkpointsEachSecond(checkpoints));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (broker != null) {
      changes.close();
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aFaultEachMinuteLosesNothing() throws Exception {
    Instant end = Instant.now().plus(MINUTES);
    try (EventFlow events = EventFlow.into(broker, NAME, EVENTS, PARTS);
        DetachedJob detached = new DetachedJob(cluster, checkpoints, NAME)) {
      flow = events;
      job = detached;
      arguments = flow.arguments("--delivery", DELIVERY, "--group-id", NAME);
      arguments.addAll(List.of("--transactional-id-prefix", NAME));
      job.start(List.of("-p", "2"), arguments);
      List<Fault> round = new ArrayList<>();
      while (Instant.now().isBefore(end)) {
        Instant next = Instant.now().plus(PAUSE);
        if (round.isEmpty()) {
          round.addAll(Arrays.asList(Fault.values()));
          Collections.shuffle(round, RANDOM);
        }
        Fault fault = round.remove(0);
        flow.awaitProgress(job);
        System.out.println("soak: " + Instant.now() + " " + fault);
        happen(fault);
        flow.awaitProgress(job);
        Deadline.await("the next minute", PAUSE.multipliedBy(2), () -> Instant.now().isAfter(next));
      }
      flow.awaitAllFound();
      job.stop(folder.resolve("savepoints"));
      flow.assertOutput(DELIVERY.equals("exactly-once"));
      assertThat(flow.gaps()).containsOnlyOnceElementsOf(gaps).hasSameSizeAs(gaps);
      assertThat(cluster.log()).doesNotContain("another job commits");
      System.out.println("soak: " + flow.summary());
    }
  }

  private void happen(Fault fault) throws Exception {
    switch (fault) {
      case TASK_MANAGER_KILLED -> {
        int restores = job.restores();
        cluster.killTaskManager();
        cluster.startTaskManager();
        job.awaitRestores(restores + 1);
      }
      case JOB_MANAGER_KILLED -> {
        cluster.jobManager().kill();
        cluster.startJobManager();
        cluster.awaitTaskManagers(1);
        job.start(List.of("-p", "2", "-s", job.newestCheckpoint().toUri().toString()), arguments);
      }
      case BROKER_STOPPED -> {
        broker.stop();
        broker.start();
      }
      case CHECKPOINTS_AWAY -> {
        int restores = job.restores();
        Path away = Files.move(checkpoints, folder.resolve("away"));
        Files.writeString(checkpoints, "no folder");
        job.awaitFailedCheckpoint();
        Files.delete(checkpoints);
        Files.move(away, checkpoints);
        job.awaitCheckpoints(1);
        assertThat(job.restores()).as("restarts").isEqualTo(restores);
      }
      case FILE_ROTATED -> rotateAFile();
      case LARGE_MESSAGE -> flow.sendLarge();
      case RETENTION -> removeUnread();
    }
  }

  /** What the job must not miss is read first; what comes while it is stopped is removed. */
  private void removeUnread() throws Exception {
    try (EventFlow.Pause pause = flow.pause()) {
      for (int partition = 0; partition < EventFlow.PARTITIONS; partition++) {
        int one = partition;
        long end = changes.end(flow.input(), partition);
        Deadline.await(
            "offset " + end + " of partition " + one,
            DetachedJob.LIMIT,
            () -> Long.valueOf(end).equals(changes.committed(NAME, flow.input(), one)));
      }
      String savepoint = job.stop(folder.resolve("savepoints"));
      for (int partition = 0; partition < EventFlow.PARTITIONS; partition++) {
        int count = 1 + RANDOM.nextInt(50);
        long from = changes.end(flow.input(), partition);
        changes.send(flow.input(), partition, count);
        changes.deleteBefore(flow.input(), partition, from + count);
        gaps.add(
            "offsets %d to %d of topic %s, partition %d, are gone (%d): Kafka removed them before they were read"
                .formatted(from, from + count - 1, flow.input(), partition, count));
      }
      job.start(List.of("-p", "2", "-s", savepoint), arguments);
    }
  }

  /** A backfill finds all of a file, or says that it does not. */
  private static void rotateAFile() throws Exception {
    int events = 20_000;
    Path logs = Files.createTempDirectory(folder, "rotated");
    Path log = logs.resolve("sysmon.log");
    String event = LiveSettingsITCase.query("one.pastebin.com") + "\n";
    Files.writeString(log, event.repeat(events));
    CompletableFuture<DetectRun> backfill =
        CompletableFuture.supplyAsync(
            () -> DetectRun.of("backfill", "--input", logs.toString(), "--format", "json"));
    TimeUnit.MILLISECONDS.sleep(RANDOM.nextInt(8_000)); // at some point of its way
    Files.move(log, logs.resolve("sysmon.1"));
    Files.writeString(log, "");
    DetectRun run = backfill.get(DetachedJob.LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (run.status() == 0) {
      assertThat(run.out()).contains("\"count\":" + events);
    } else {
      assertThat(run.status()).as(run.err()).isEqualTo(3);
      assertThat(run.err()).contains(log.toString());
    }
  }
}
