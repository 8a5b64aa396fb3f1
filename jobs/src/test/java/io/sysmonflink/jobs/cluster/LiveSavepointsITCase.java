package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.regression.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be changed of a live job, and how, so that it goes on as if nothing had been changed.
 */
@Tag("faults")
@ExtendWith(ProcessLogs.class)
class LiveSavepointsITCase {

  private static final String DETECTIONS = "detections";
  private static final int EVENTS = 2000;

  private static KafkaBroker broker;
  private static FlinkCluster cluster;

  @TempDir private static Path checkpoints;
  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path kafka, @TempDir Path flink, Path logs) throws Exception {
    broker = KafkaBroker.started(kafka, logs);
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
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aDetectionIsAddedAndTakenAwayAgain() throws Exception {
    Path sql = Files.createDirectories(folder.resolve("sql").resolve(DETECTIONS));
    for (String ending : List.of(".sql", ".yml")) {
      String file = "run_key_starts_a_program_of_a_user_folder" + ending;
      Files.copy(TestData.packSql().resolve(DETECTIONS).resolve(file), sql.resolve(file));
    }
    try (EventFlow flow = EventFlow.into(broker, "added", EVENTS);
        DetachedJob job = new DetachedJob(cluster, checkpoints, "added")) {
      List<String> more =
          flow.arguments("--delivery", "exactly-once", "--sql", sql.getParent().toString());
      List<String> bundled = flow.arguments("--delivery", "exactly-once");
      job.start(List.of("-p", "2"), bundled);
      flow.awaitProgress(job);
      job.start(List.of("-p", "2", "-s", job.stop(folder)), more);
      flow.awaitProgress(job);
      // What is left of a detection that is gone has to be given up by name.
      job.start(List.of("-p", "2", "-n", "-s", job.stop(folder)), bundled);
      flow.awaitAllFound();
      job.stop(folder);
      flow.assertOutput(true);
    }
  }

  @Test
  void afterAChangeOfTheSqlAFreshStartEndsInTheSameRowsAndRiskEvents() throws Exception {
    try (EventFlow flow = EventFlow.into(broker, "changed", EVENTS);
        DetachedJob job = new DetachedJob(cluster, checkpoints, "changed")) {
      job.start(List.of("-p", "2"), flow.arguments());
      flow.awaitProgress(job);
      job.cancel();
      job.start(List.of("-p", "2"), flow.arguments("--sql", withOneMorePattern().toString()));
      flow.awaitAllFound();
      job.stop(folder);
      flow.assertOutput(false);
    }
  }

  /** A pattern that no event matches: the job is another, and its rows are the same. */
  private Path withOneMorePattern() throws IOException {
    String file = DETECTIONS + "/windows_abused_web_services.sql";
    String bundled = Files.readString(Path.of("../sql").resolve(file));
    String changed = bundled.replace("'*textbin*'", "'*textbin*', '*no-such-name.invalid*'");
    assertThat(changed).isNotEqualTo(bundled);
    Path sql = folder.resolve("changed");
    Files.createDirectories(sql.resolve(DETECTIONS));
    Files.writeString(sql.resolve(file), changed);
    return sql;
  }

  @Test
  void itMovesFromTheHeapToRocksDbAndIsKilledThere() throws Exception {
    try (EventFlow flow = EventFlow.into(broker, "rocksdb", EVENTS);
        DetachedJob job = new DetachedJob(cluster, checkpoints, "rocksdb")) {
      List<String> arguments = flow.arguments("--delivery", "exactly-once");
      job.start(List.of("-p", "1"), arguments);
      flow.awaitProgress(job);
      String savepoint = job.stop(folder);
      job.start(List.of("-Dstate.backend.type=rocksdb", "-p", "2", "-s", savepoint), arguments);
      flow.awaitProgress(job);
      cluster.killTaskManager();
      cluster.startTaskManager();
      job.awaitRestores(2); // from the savepoint, and from a checkpoint
      flow.awaitAllFound();
      assertThat(cluster.log()).contains("RocksDB");
      job.stop(folder);
      flow.assertOutput(true);
    }
  }
}
