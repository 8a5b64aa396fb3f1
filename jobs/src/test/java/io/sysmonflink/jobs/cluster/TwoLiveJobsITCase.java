package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two live jobs by mistake are told, and go on. That one which is killed and restored tells nothing
 * is {@code LiveFaultsITCase}'s to see.
 */
@Tag("faults") // takes half a minute
@ExtendWith(ProcessLogs.class)
class TwoLiveJobsITCase {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String OTHERS = "sysmon.otherCommits";

  private static KafkaBroker broker;
  private static TopicChanges changes;

  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private long offset;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path home, Path logs) throws IOException {
    broker = KafkaBroker.started(home, logs);
    changes = new TopicChanges(broker);
  }

  @AfterAll
  static void stop() {
    if (changes != null) {
      changes.close();
    }
    if (broker != null) {
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(standardError);
  }

  @Test
  void ofOneGroupEachTellsOfTheOther() throws Exception {
    String topic = "group";
    broker.createTopics(1, topic);
    List<String> arguments = arguments(topic);
    String savepoint;
    try (LiveRun run = new LiveRun(arguments)) {
      commit(topic, 2);
      savepoint = run.stopAt(folder);
    }
    List<String> resumed = new ArrayList<>(arguments);
    resumed.add("-Dexecution.state-recovery.path=" + savepoint);
    try (LiveRun run = new LiveRun(resumed)) {
      commit(topic, 2);
      assertThat(run.metric(OTHERS)).isZero();
      assertThat(said.toString(UTF_8)).doesNotContain("another job");
      try (LiveRun second = new LiveRun(arguments)) {
        Deadline.await(
            "each sees the other",
            LIMIT,
            () -> {
              changes.send(topic, 0, 1);
              return run.metric(OTHERS) > 0 && second.metric(OTHERS) > 0;
            });
      }
    }
    assertThat(said.toString(UTF_8).lines())
        .filteredOn(line -> line.startsWith("detect: another job commits offsets under the group"))
        .hasSize(2)
        .allMatch(line -> line.contains(" group twice (topic group, partition 0: "));
  }

  /** Some messages, each in checkpoints of its own. */
  private void commit(String topic, int times) {
    for (int i = 0; i < times; i++) {
      changes.send(topic, 0, 1);
      Long sent = ++offset;
      Deadline.await(
          "all is committed", LIMIT, () -> sent.equals(changes.committed("twice", topic, 0)));
    }
  }

  @Test
  void ofOnePrefixAnOpenTransactionIsTold() throws Exception {
    String topic = "prefix";
    broker.createTopics(1, topic, "elsewhere");
    try (KafkaProducer<byte[], byte[]> theirs =
            changes.begin("same-risk_events-0-7", "elsewhere", 0, 1);
        KafkaProducer<byte[], byte[]> others =
            changes.begin("same-2-risk_events-0-7", "elsewhere", 0, 1)) {
      List<String> arguments = arguments(topic);
      arguments.addAll(List.of("--delivery", "exactly-once", "--transactional-id-prefix", "same"));
      try (LiveRun run = new LiveRun(arguments)) {
        Deadline.await(
            "it is counted", LIMIT, () -> run.coordinatorMetric("sysmon.otherTransactions") == 1);
      }
      others.abortTransaction();
    }
    assertThat(said.toString(UTF_8).lines())
        .filteredOn(line -> line.contains("a transaction with the id"))
        .singleElement()
        .asString()
        .startsWith("detect: a transaction with the id same-risk_events-0-7 is open: ");
  }

  private static List<String> arguments(String topic) throws Exception {
    LiveTopics topics = new LiveTopics(broker, topic, topic).created();
    return topics.arguments("--group-id", "twice", "--parallelism", "1");
  }
}
