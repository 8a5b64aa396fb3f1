package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.DetectRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the live run heeds of that which is said of Kafka's client, and of Flink's state. */
@ExtendWith(ProcessLogs.class)
class LiveSettingsITCase {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static KafkaTls tls;
  private static KafkaBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path home, @TempDir Path stores, Path logs) throws Exception {
    tls = KafkaTls.in(stores);
    broker = KafkaBroker.started(home, logs, tls);
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void itReadsAndWritesThroughTls() throws Exception {
    LiveTopics topics = topics("tls");
    send(topics, List.of(query(1), "no event at all"));
    DetectRun run;
    try (LiveRun live = new LiveRun(throughTls(topics, tls.trustStore()))) {
      live.awaitRead(2, 0);
      assertThat(live.configuration())
          .contains("execution-config")
          .doesNotContain(KafkaTls.PASSWORD);
      run = live.stop(folder);
    }
    assertThat(run.out() + run.err()).doesNotContain(KafkaTls.PASSWORD);
    assertThat(topics.results()).hasSize(1);
    assertThat(topics.riskIds()).hasSize(1);
    assertThat(topics.deadLetters()).hasSize(1);
  }

  @Test
  void aBrokerThatIsNotTrustedEndsTheRunWithOneLine() throws Exception {
    List<String> arguments = throughTls(topics("untrusted"), tls.otherTrustStore());

    DetectRun run = DetectRun.of(arguments.toArray(String[]::new));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("detect: --brokers " + broker.tlsAddress() + ": SSL handshake failed: ")
        .endsWith("; --kafka-properties says how to get in")
        .doesNotContain(KafkaTls.PASSWORD);
  }

  private static List<String> throughTls(LiveTopics topics, Path trustStore) throws Exception {
    List<String> arguments =
        topics.arguments("--kafka-properties", KafkaTls.clientProperties(trustStore).toString());
    Collections.replaceAll(arguments, broker.address(), broker.tlsAddress());
    return arguments;
  }

  @Test
  @Tag("faults") // takes half a minute
  void groupsInWhichNothingHappensLeaveTheStateByTheTtl() throws Exception {
    int groups = 400;
    LiveTopics topics = topics("ttl");
    List<String> arguments = topics.arguments("--parallelism", "1");
    arguments.add("-Dtable.exec.state.ttl=3s"); // else twice the window and more
    try (LiveRun live = new LiveRun(arguments)) {
      send(topics, IntStream.range(0, groups).mapToObj(LiveSettingsITCase::query).toList());
      Deadline.await("all rows", LIMIT, () -> topics.results().size() == groups);
      long[] most = {0};
      Deadline.await(
          "a checkpoint with all groups, and then one without most of them",
          LIMIT,
          () -> {
            send(topics, Collections.nCopies(200, query(0))); // each use of state clears some
            most[0] = Math.max(most[0], live.stateSize());
            return live.stateSize() < most[0] / 2;
          });
      assertThat(most[0]).as("bytes of state").isGreaterThan(groups * 100L);
      assertThat(counts(topics, 1)).containsExactly(1L);
      send(topics, List.of(query(1)));
      Deadline.await("another row", LIMIT, () -> counts(topics, 1).size() == 2);
      live.stop(folder);
    }
    assertThat(counts(topics, 1)).as("the first event is forgotten").containsExactly(1L, 1L);
    assertThat(topics.riskEvents())
        .filteredOn(
            event -> event.required("fields").required("QueryName").textValue().equals(name(1)))
        .as("and that its risk event was written")
        .hasSize(2)
        .extracting(event -> event.required("id"))
        .satisfies(ids -> assertThat(Set.copyOf(ids)).hasSize(1));
  }

  private static List<Long> counts(LiveTopics topics, int group) {
    List<Long> counts = new ArrayList<>();
    topics.results().stream()
        .filter(row -> row.row().queryName().equals(name(group)))
        .forEach(row -> counts.add(row.row().count()));
    return counts;
  }

  private static LiveTopics topics(String name) throws Exception {
    LiveTopics topics = new LiveTopics(broker, "events-" + name, name).created();
    broker.createTopics(1, topics.input());
    return topics;
  }

  private static void send(LiveTopics topics, List<String> messages) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    messages.forEach(m -> records.add(new ProducerRecord<>(topics.input(), m.getBytes(UTF_8))));
    broker.send(records);
  }

  private static String name(int group) {
    return "h" + group + ".pastebin.com";
  }

  /** An event of now that one detection matches. */
  private static String query(int group) {
    return query(name(group));
  }

  /** The same of a query for a name. */
  static String query(String name) {
    return ("<Event><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>22</EventID>"
            + "<TimeCreated SystemTime='%s'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel>"
            + "<Computer>ws-1</Computer></System><EventData><Data Name='QueryName'>%s</Data>"
            + "<Data Name='QueryStatus'>0</Data><Data Name='QueryResults'>-</Data>"
            + "<Data Name='Image'>C:\\x.exe</Data></EventData></Event>")
        .formatted(Instant.now(), name);
  }
}
