package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.report.FailOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cluster whose logs, results, checkpoints and high availability are in an object store: nothing
 * is lost and nothing twice, also where the store refuses requests and drops connections.
 */
@Tag("faults")
@ExtendWith(ProcessLogs.class)
class ObjectStoreITCase {

  private static final String EXACTLY_ONCE = "exactly-once";
  private static final String LOGS = "logs/";
  private static final Duration RUN = Duration.ofMinutes(5);

  private static S3Server store;
  private static FaultyProxy proxy;
  private static KafkaBroker broker;
  private static ZooKeeperServer zookeeper;
  private static FlinkCluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start(
      @TempDir Path s3,
      @TempDir Path kafka,
      @TempDir Path zookeeperHome,
      @TempDir Path flink,
      Path logs)
      throws Exception {
    store = S3Server.started(s3, logs);
    proxy = new FaultyProxy(store.port());
    broker = KafkaBroker.started(kafka, logs);
    zookeeper = ZooKeeperServer.started(zookeeperHome, logs);
    Map<String, String> config = new HashMap<>(S3Server.settings(proxy.port()));
    config.putAll(HighAvailabilityITCase.settings(zookeeper, uri("ha")));
    config.put("execution.checkpointing.dir", uri("checkpoints"));
    config.put("execution.checkpointing.interval", "1s");
    // Else minutes go by before a checkpoint fails.
    config.put("execution.checkpointing.timeout", "10s");
    // As docs/operate/on-a-cluster.md has it: without these the plugin, and the JobManager with it,
    // waits
    // about as long again as the store was away.
    config.put("fs.s3a.attempts.maximum", "3");
    config.put("fs.s3a.retry.limit", "5");
    config.put("fs.s3a.retry.throttle.limit", "5");
    S3Server.addPlugin(flink.resolve("home"));
    cluster = FlinkCluster.session(flink.resolve("home"), logs, 1, config);
    store.upload(EmbeddedRun.get().input(), LOGS);
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    if (zookeeper != null) {
      zookeeper.close();
    }
    if (broker != null) {
      broker.close();
    }
    if (proxy != null) {
      proxy.close();
    }
    if (store != null) {
      store.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  private static String uri(String path) {
    return "s3://" + S3Server.BUCKET + "/" + path;
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyProxy.Mode.class,
      names = {"PASSES", "SHAKES"})
  void aBackfillReadsAndWritesBuckets(FaultyProxy.Mode mode) throws Exception {
    EmbeddedRun expected = EmbeddedRun.get();
    String found = "found-" + mode;
    int faults = proxy.faults();
    proxy.set(mode);
    FlinkProcess client;
    try {
      client =
          cluster.submit(
              List.of(),
              List.of(
                  "backfill",
                  "--to",
                  "2024-11-25T00:00:00Z",
                  "--input",
                  uri(LOGS),
                  "--output",
                  uri(found + "/{date}")));
      assertThat(client.exitStatus(RUN)).as(client.err()).isEqualTo(FailOn.STATUS);
    } finally {
      proxy.set(FaultyProxy.Mode.PASSES);
    }
    if (mode == FaultyProxy.Mode.SHAKES) {
      assertThat(proxy.faults() - faults).as("connections that failed").isGreaterThan(5);
    }
    assertThat(store.keys(found + "/2024-11-24/"))
        .as("what is left of unfinished files, and of the claim")
        .noneMatch(key -> key.contains("/."));
    store.download(found + "/2024-11-24/", folder);
    renameInputs(expected);
    assertThat(WrittenOutput.in(folder)).isEqualTo(expected.written());
    // Before it stands what the plugin's library has to say.
    assertThat(local(EmbeddedRun.timeless(client.err()), expected)).endsWith(expected.summary());
  }

  /** Gives the files that were read the names that they have in what is expected. */
  private void renameInputs(EmbeddedRun expected) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, local(Files.readString(file, UTF_8), expected), UTF_8);
      }
    }
  }

  private static String local(String text, EmbeddedRun expected) {
    return text.replace(uri(LOGS), GatedFileSystem.uri(expected.input()) + "/");
  }

  @Test
  void aBucketThatIsNotThereIsToldInOneLine() {
    FlinkProcess client =
        cluster.submit(
            List.of(),
            List.of("backfill", "--input", "s3://no-such-bucket/logs", "--output", uri("none")));
    assertThat(client.exitStatus(RUN)).isEqualTo(2);
    assertThat(client.err().lines().filter(line -> line.startsWith("detect: ")))
        .singleElement()
        .asString()
        .startsWith("detect: --input s3://no-such-bucket/logs: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {EXACTLY_ONCE, "at-least-once"})
  void aLiveJobGoesOnWhenTheStoreComesBack(String delivery) throws Exception {
    try (EventFlow flow = EventFlow.into(broker, "s3-" + delivery, 6000);
        DetachedJob job = new DetachedJob(cluster, folder, "s3-" + delivery)) {
      List<String> arguments =
          flow.arguments("--delivery", delivery, "--transactional-id-prefix", delivery);
      job.start(List.of("-p", "2"), arguments);
      for (FaultyProxy.Mode mode : List.of(FaultyProxy.Mode.REFUSES, FaultyProxy.Mode.DROPS)) {
        flow.awaitProgress(job);
        proxy.set(mode);
        job.awaitFailedCheckpoint();
        proxy.set(FaultyProxy.Mode.PASSES);
        job.awaitCheckpoints(1);
      }
      flow.awaitProgress(job);
      proxy.set(FaultyProxy.Mode.SHAKES);
      flow.awaitProgress(job);
      cluster.killLeaderBesideAStandby();
      job.awaitRestores(1);
      proxy.set(FaultyProxy.Mode.PASSES);
      flow.awaitAllFound();
      assertThat(store.keys("checkpoints/")).as("checkpoints").isNotEmpty();
      assertThat(store.keys("ha/")).as("what the next leader must know").isNotEmpty();
      job.stop(folder);
      flow.assertOutput(delivery.equals(EXACTLY_ONCE));
    } finally {
      proxy.set(FaultyProxy.Mode.PASSES);
    }
  }
}
