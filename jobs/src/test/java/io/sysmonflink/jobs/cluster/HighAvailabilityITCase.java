package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A live job on a cluster with high availability: its JobManager is killed while events flow, and a
 * standby goes on with the job, which nobody starts again. In the end all is written that the
 * oracle finds.
 */
@Tag("faults")
@ExtendWith(ProcessLogs.class)
class HighAvailabilityITCase {

  private static final String EXACTLY_ONCE = "exactly-once";

  private static KafkaBroker broker;
  private static ZooKeeperServer zookeeper;
  private static FlinkCluster cluster;

  @TempDir private static Path checkpoints;
  @TempDir private static Path metadata;
  @TempDir private Path savepoints;

  @BeforeAll
  static void start(
      @TempDir Path kafka, @TempDir Path zookeeperHome, @TempDir Path flink, Path logs)
      throws Exception {
    broker = KafkaBroker.started(kafka, logs);
    zookeeper = ZooKeeperServer.started(zookeeperHome, logs);
    Map<String, String> config = new HashMap<>(DetachedJob.checkpointsEachSecond(checkpoints));
    config.putAll(settings(zookeeper, metadata.toUri().toString()));
    cluster = FlinkCluster.session(flink.resolve("home"), logs, 1, config);
  }

  /**
   * What {@code config.yaml} says of high availability.
   *
   * @param storage a folder for what the next leader must know, as URI
   */
  static Map<String, String> settings(ZooKeeperServer zookeeper, String storage) {
    return Map.of(
        "high-availability.type", "zookeeper",
        "high-availability.zookeeper.quorum", zookeeper.address(),
        "high-availability.storageDir", storage,
        "high-availability.cluster-id", "/sysmon",
        "high-availability.zookeeper.client.session-timeout", "4s");
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (zookeeper != null) {
      zookeeper.close();
    }
    if (broker != null) {
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {EXACTLY_ONCE, "at-least-once"})
  void theStandbyGoesOn(String delivery) throws Exception {
    try (EventFlow flow = EventFlow.into(broker, "ha-" + delivery, 4000);
        DetachedJob job = new DetachedJob(cluster, checkpoints, "ha-" + delivery)) {
      List<String> arguments =
          flow.arguments("--delivery", delivery, "--transactional-id-prefix", delivery);
      job.start(List.of("-p", "2"), arguments);
      flow.awaitProgress(job);
      cluster.killLeaderBesideAStandby();
      job.awaitRestores(1);
      flow.awaitProgress(job);
      // What led first stands by no more; the next one takes over from the second.
      cluster.killLeaderBesideAStandby();
      job.awaitRestores(1);
      flow.awaitProgress(job);
      zookeeper.kill();
      zookeeper.start();
      flow.awaitProgress(job);
      flow.awaitAllFound();
      job.stop(savepoints);
      flow.assertOutput(delivery.equals(EXACTLY_ONCE));
    }
  }
}
