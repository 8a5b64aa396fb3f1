package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.DetectRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bounded runs over topics in which transactions were committed, aborted, and are open: they end,
 * and take only what is committed before the first that is open. Each topic has an empty partition.
 */
@Tag("faults") // takes half a minute
@ExtendWith(ProcessLogs.class)
class OpenTransactionsITCase {

  private static final long SECONDS = 120;

  private static KafkaBroker broker;
  private static TopicChanges changes;
  private static final List<KafkaProducer<byte[], byte[]>> OPEN = new ArrayList<>();

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path home, Path logs) throws Exception {
    broker = KafkaBroker.started(home, logs);
    changes = new TopicChanges(broker);
    broker.createTopics(3, "events", "risk", "results");
    write("events", "committed", "aborted", "open", "behind it");
    write("risk", risk("committed"), risk("aborted"), risk("open"), risk("behind it"));
    write("results", result(1), result(2), result(3), result(4));
  }

  @AfterAll
  static void stop() {
    OPEN.forEach(KafkaProducer::abortTransaction);
    OPEN.forEach(KafkaProducer::close);
    if (changes != null) {
      changes.close();
    }
    if (broker != null) {
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  /** Into the first partition all of these, into the second what is open only. */
  private static void write(
      String topic, String committed, String aborted, String open, String behind) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = changes.begin("committed-" + topic)) {
      TopicChanges.send(producer, List.of(message(topic, 0, committed)));
      producer.commitTransaction();
    }
    try (KafkaProducer<byte[], byte[]> producer = changes.begin("aborted-" + topic)) {
      TopicChanges.send(producer, List.of(message(topic, 0, aborted)));
      producer.abortTransaction();
    }
    KafkaProducer<byte[], byte[]> producer = changes.begin("open-" + topic);
    OPEN.add(producer);
    TopicChanges.send(producer, List.of(message(topic, 0, open), message(topic, 1, open)));
    broker.send(List.of(message(topic, 0, behind)));
  }

  private static ProducerRecord<byte[], byte[]> message(String topic, int partition, String value) {
    return new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8));
  }

  private static String risk(String id) {
    return ("{\"id\": \"%s\", \"_time\": \"2024-11-20T00:00:00Z\", \"search_name\": \"%s\","
            + " \"normalized_risk_object\": \"ws-1\", \"annotations\": {\"mitre_attack\": []}}")
        .formatted(id, id);
  }

  private static String result(int minute) {
    return ("{\"detection\": \"windows_abused_web_services\", \"dest\": \"ws-1\","
            + " \"info_min_time\": \"2024-11-01T00:00:00Z\", \"info_max_time\": \"2024-11-20T00:0%d:00Z\"}")
        .formatted(minute);
  }

  @Test
  void aBackfillEndsBeforeThem() throws Exception {
    PrintStream standardError = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, UTF_8));
    DetectRun run;
    try {
      run =
          ended(
              "backfill",
              "--source",
              "kafka",
              "--topic",
              "events",
              "--output",
              folder.resolve("found").toString());
    } finally {
      System.setErr(standardError);
    }

    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(payloads(folder.resolve("found/dead_letter"))).containsExactly("committed");
    assertThat(said.toString(UTF_8).lines())
        .filteredOn(line -> line.contains("a transaction is open"))
        .satisfiesExactlyInAnyOrder(
            line ->
                assertThat(line)
                    .startsWith(
                        "detect: topic events, partition 0: 2 offsets from 4 on are not read")
                    .contains("transactional id open-events last wrote at "),
            line ->
                assertThat(line)
                    .startsWith("detect: topic events, partition 1: 1 offsets from 0 on are not"));
  }

  @Test
  void aBackfillThatAsksForAllTakesAll() throws Exception {
    Path output = folder.resolve("all");
    ended(
        "backfill",
        "--source",
        "kafka",
        "--topic",
        "events",
        "--output",
        output.toString(),
        "--set",
        "properties.isolation.level=read_uncommitted");

    assertThat(payloads(output.resolve("dead_letter")))
        .containsExactlyInAnyOrder("committed", "aborted", "open", "open", "behind it");
  }

  @Test
  void theDrilldownIntoRiskCountsWhatIsCommitted() throws Exception {
    DetectRun run =
        ended(
            "drilldown",
            "risk",
            "--dest",
            "ws-1",
            "--risk-topic",
            "risk",
            "--to",
            "2024-11-21",
            "--format",
            "json",
            "--set",
            "properties.isolation.level=read_uncommitted");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(new ObjectMapper().readTree(run.out()).findValues("Search Name"))
        .hasToString("[[\"committed\"]]");
    assertThat(run.err())
        .contains("detect: topic risk, partition 0: 2 offsets from 4 on are not read")
        .contains("transactional id open-risk last wrote at ");
  }

  @Test
  void theDrilldownIntoResultsTakesTheNewestThatIsCommitted() throws Exception {
    DetectRun run =
        ended(
            "drilldown",
            "results",
            "--dest",
            "ws-1",
            "--results-topic",
            "results",
            "--topic",
            "events",
            "--fail-on",
            "none");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("searching 2024-11-01T00:00:00Z to 2024-11-20T00:01:00Z")
        .contains("detect: topic results, partition 1: 1 offsets from 0 on are not read");
  }

  @Test
  void aTopicThatIsNotThereIsNamed() throws Exception {
    DetectRun run = ended("drilldown", "risk", "--dest", "ws-1", "--risk-topic", "nowhere");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("detect: topic nowhere cannot be read: ");
  }

  private static DetectRun ended(String... arguments) throws Exception {
    List<String> all =
        Stream.concat(
                Stream.of(arguments),
                Stream.of("--brokers", broker.address(), "--parallelism", "2"))
            .toList();
    return CompletableFuture.supplyAsync(() -> DetectRun.of(all.toArray(String[]::new)))
        .get(SECONDS, TimeUnit.SECONDS);
  }

  private static List<String> payloads(Path deadLetters) throws IOException {
    List<String> payloads = new ArrayList<>();
    try (Stream<Path> files = Files.walk(deadLetters)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode letter = new ObjectMapper().readTree(line);
          payloads.add(new String(letter.required("raw_payload").binaryValue(), UTF_8).strip());
        }
      }
    }
    return payloads;
  }
}
