package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A live job on a cluster that loses its processes, while events flow: in the end all is written
 * that the oracle finds, and under exactly-once delivery nothing of it twice. Takes minutes: runs
 * with {@code -Pfaults} only.
 *
 * <p>The cluster has no standby JobManager: where it is lost, the job is started again from its
 * newest checkpoint.
 */
@Tag("faults")
@ExtendWith(ProcessLogs.class)
class LiveFaultsITCase {

  private static final String EXACTLY_ONCE = "exactly-once";

  private static KafkaBroker broker;
  private static FlinkCluster cluster;

  @TempDir private static Path checkpoints;
  @TempDir private Path savepoints;

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

  @ParameterizedTest
  @ValueSource(strings = {EXACTLY_ONCE, "at-least-once"})
  void allFaultsOneAfterTheOther(String delivery) throws Exception {
    try (EventFlow flow = EventFlow.into(broker, "faults-" + delivery, 6000);
        DetachedJob job = new DetachedJob(cluster, checkpoints, "faults-" + delivery)) {
      List<String> arguments =
          flow.arguments("--delivery", delivery, "--transactional-id-prefix", delivery);
      job.start(List.of("-p", "2"), arguments);
      killTaskManager(flow, job);
      killJobManager(flow, job, arguments);
      flow.awaitProgress(job);
      broker.stop();
      broker.start();
      flow.awaitProgress(job);
      String savepoint = job.stop(savepoints);
      job.start(List.of("-p", "1", "-s", savepoint), arguments);
      flow.awaitProgress(job);
      savepoint = job.stop(savepoints);
      job.start(List.of("-p", "2", "-s", savepoint), arguments);
      flow.awaitAllFound();
      job.stop(savepoints);
      flow.assertOutput(delivery.equals(EXACTLY_ONCE));
      // There is only one such job, whatever became of it.
      assertThat(cluster.log())
          .doesNotContain("another job commits", "a transaction with the id", "are gone (");
    }
  }

  private static void killTaskManager(EventFlow flow, DetachedJob job) {
    flow.awaitProgress(job);
    cluster.killTaskManager();
    cluster.startTaskManager();
    job.awaitRestores(1);
  }

  private static void killJobManager(EventFlow flow, DetachedJob job, List<String> arguments)
      throws Exception {
    flow.awaitProgress(job);
    cluster.jobManager().kill();
    cluster.startJobManager();
    cluster.awaitTaskManagers(1);
    job.start(List.of("-p", "2", "-s", job.newestCheckpoint().toUri().toString()), arguments);
  }
}
