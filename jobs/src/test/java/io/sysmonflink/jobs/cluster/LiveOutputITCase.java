package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.frequency;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.DetectRun;
import io.sysmonflink.jobs.regression.OutputSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a live job writes when what it found, or where it writes to, is not as it should be. The
 * broker and its clients are as they come, but that the broker heeds ACLs.
 */
@ExtendWith(ProcessLogs.class)
class LiveOutputITCase {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static KafkaBroker broker;

  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path home, Path logs) throws Exception {
    broker = KafkaBroker.startedWithAcls(home, logs);
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void noMessageIsTooLargeToBeWritten(String delivery) throws Exception {
    LiveTopics topics = topics("large-" + delivery);
    String beginning = "pastebin.com." + "x".repeat(600_000);
    String noEvent = "no event: " + "\u00ff\"".repeat(450_000);
    String small = "small.pastebin.com";
    send(topics, twice(beginning + "a"), twice(beginning + "b"), noEvent, query(small));
    List<String> arguments =
        topics.arguments("--delivery", delivery, "--transactional-id-prefix", delivery);
    arguments.addAll(List.of("--parallelism", "1"));
    try (LiveRun live = new LiveRun(arguments)) {
      live.awaitRead(4, 0);
      Deadline.await("five rows", LIMIT, () -> topics.compactedRows().size() == 5);
      Deadline.await("five risk events", LIMIT, () -> topics.riskEvents().size() == 5);
      Deadline.await("a dead letter", LIMIT, () -> topics.deadLetters().size() == 1);
      send(topics, twice(beginning + "b"));
      Deadline.await("two rows of two", LIMIT, () -> frequency(counts(topics), 2L) == 2);
      assertThat(live.restarts()).isZero();
      live.stop(folder);
    }
    assertThat(counts(topics)).containsExactlyInAnyOrder(1L, 1L, 1L, 2L, 2L);
    assertThat(topics.compactedRows().values())
        .as("whole: the key, which is cut, takes a quarter of a message at most")
        .extracting(row -> row.required("QueryName").textValue())
        .containsExactlyInAnyOrder(
            small, beginning + "a", beginning + "a", beginning + "b", beginning + "b");
    assertThat(topics.riskIds()).hasSize(5).doesNotHaveDuplicates();
    assertThat(topics.riskEvents())
        .extracting(event -> event.required("fields").required("QueryName").textValue())
        .as("one detection has it in its message too")
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).isEqualTo(small),
            one -> assertThat(one).isEqualTo(beginning + "a"),
            one -> assertThat(one).isEqualTo(beginning + "b"),
            one -> assertThat(one).endsWith(mark(beginning + "a")),
            one -> assertThat(one).endsWith(mark(beginning + "b")));
    OutputSchema.of("detection_results").assertFits(topics.compactedRows().values());
    OutputSchema.of("risk_events").assertFits(topics.riskEvents());
    assertDeadLetter(topics.deadLetterRows().get(0), noEvent.getBytes(ISO_8859_1));
  }

  private static void assertDeadLetter(JsonNode dead, byte[] record) throws Exception {
    OutputSchema.of("dead_letter").assertFits(List.of(dead));
    byte[] kept = dead.required("raw_payload").binaryValue();
    assertThat(kept.length).isBetween(700_000, record.length - 1);
    assertThat(kept).isEqualTo(Arrays.copyOf(record, kept.length));
    assertThat(dead.required("payload_length").intValue()).isEqualTo(record.length);
    assertThat(dead.required("payload_sha256").textValue()).isEqualTo(sha256(record));
    assertThat(dead.required("position").intValue()).isEqualTo(2);
  }

  private static String mark(String text) throws Exception {
    byte[] utf8 = text.getBytes(UTF_8);
    return "...[" + utf8.length + " bytes in all, SHA-256 " + sha256(utf8) + "]";
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void topicsThatCannotWorkAreNamedAndNothingStarts() throws Exception {
    broker.createTopic(
        "r-delete", 1, Map.of("cleanup.policy", "delete", "retention.ms", "86400000"));
    broker.createTopic("k-small", 1, Map.of("max.message.bytes", "1000", "retention.ms", "-1"));
    broker.createTopic("d-compact", 1, Map.of("cleanup.policy", "compact"));
    broker.createTopics(1, "in-faults");

    assertThat(live("in-faults", "r-delete", "k-small", "d-compact"))
        .containsExactly(
            "detect: --results-topic r-delete: cleanup.policy is delete: each change of a row stays, and"
                + " the last goes when it is old; set it to compact,delete",
            "detect: --results-topic r-delete: retention.ms is 86400000: what is older than 24 hours is"
                + " lost; a search looks back 14 days",
            "detect: --risk-topic k-small: max.message.bytes is 1000: must be 65536 or more",
            "detect: --dead-letter-topic d-compact: cleanup.policy is compact: the brokers refuse its"
                + " messages, which have no key; set it to delete");

    broker.createTopics(1, "d-read-only");
    broker.allowOnly("d-read-only", AclOperation.DESCRIBE);
    broker.createTopics(1, "k-hidden");
    broker.allowOnly("k-hidden", AclOperation.ALTER_CONFIGS);
    assertThat(live("in-faults", "in-faults", "k-hidden", "d-read-only"))
        .containsExactly(
            "detect: --results-topic in-faults: cleanup.policy is delete: each change of a row stays, and"
                + " the last goes when it is old; set it to compact,delete",
            "detect: --results-topic in-faults: --topic names it too: the job would read what it writes",
            "detect: --risk-topic k-hidden: no permission to write to it (right Write)",
            "detect: --dead-letter-topic d-read-only: no permission to write to it (right Write)");

    assertThat(live("in-faults", "r-delete", "no-such", "d-compact"))
        .contains(
            "detect: --risk-topic no-such: there is no such topic, and the brokers make none"
                + " (auto.create.topics.enable)");
  }

  /** What a run says that does not start. */
  private static List<String> live(String input, String results, String risk, String dead) {
    DetectRun run =
        DetectRun.of(
            "live",
            "--brokers",
            broker.address(),
            "--topic",
            input,
            "--results-topic",
            results,
            "--risk-topic",
            risk,
            "--dead-letter-topic",
            dead);
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    return run.err().lines().toList();
  }

  @Test
  void aJobThatRestartsSaysWhy() throws Exception {
    LiveTopics topics = topics("restarts");
    DetectRun run;
    try (LiveRun live = new LiveRun(topics.arguments("--parallelism", "1"))) {
      Deadline.await("a checkpoint", LIMIT, () -> live.checkpoints("completed") > 0);
      broker.alterTopic(topics.name("risk"), "max.message.bytes", "300");
      send(topics, query("one.pastebin.com"));
      Deadline.await("restarts", LIMIT, () -> live.restarts() > 1);
      broker.alterTopic(topics.name("risk"), "max.message.bytes", "1048588");
      Deadline.await("a risk event", LIMIT, () -> topics.riskIds().size() >= 1);
      run = live.stop(folder);
    }
    assertThat(run.err().lines().toList())
        .as("once a minute")
        .satisfiesExactly(
            line -> assertThat(line).startsWith("detect: running, job "),
            line ->
                assertThat(line)
                    .matches(
                        "detect: the job failed( \\(\\d+ times .*\\))? and goes on from its .*")
                    .contains("larger than the max message size"));
  }

  @Test
  @Tag("faults") // takes half a minute
  void aCheckpointThatFailsIsNoReasonToStartAgain() throws Exception {
    LiveTopics topics = topics("checkpoints");
    Path checkpoints = Files.createDirectories(folder.resolve("checkpoints"));
    List<String> arguments = topics.arguments("--parallelism", "1");
    arguments.add("-Dexecution.checkpointing.dir=" + checkpoints.toUri());
    DetectRun run;
    try (LiveRun live = new LiveRun(arguments)) {
      Deadline.await("a checkpoint", LIMIT, () -> live.checkpoints("completed") > 0);
      Path away = Files.move(checkpoints, folder.resolve("away"));
      Files.writeString(checkpoints, "no folder");
      int before = live.checkpoints("failed");
      Deadline.await("failed ones", LIMIT, () -> live.checkpoints("failed") > before + 30);
      send(topics, query("one.pastebin.com"));
      Deadline.await("a risk event", LIMIT, () -> topics.riskIds().size() == 1);
      Files.delete(checkpoints);
      Files.move(away, checkpoints);
      int completed = live.checkpoints("completed");
      Deadline.await("a checkpoint again", LIMIT, () -> live.checkpoints("completed") > completed);
      assertThat(live.restarts()).isZero();
      run = live.stop(folder);
    }
    assertThat(topics.riskIds()).hasSize(1);
    assertThat(run.err().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("detect: running, job "),
            line ->
                assertThat(line)
                    .startsWith("detect: a checkpoint failed")
                    .contains(checkpoints.toString())
                    .contains("; the job goes on, and after a failure from its checkpoint of 20"));
  }

  /** With transactions of 20 seconds instead of 15 minutes. */
  @Test
  @Tag("faults") // takes most of a minute
  void aJobWithTransactionsGoesBackBeforeTheyEnd() throws Exception {
    LiveTopics topics = topics("guard");
    Path checkpoints = Files.createDirectories(folder.resolve("checkpoints"));
    List<String> arguments = topics.arguments("--parallelism", "1", "--delivery", "exactly-once");
    arguments.addAll(List.of("--transactional-id-prefix", "guard"));
    arguments.addAll(List.of("--set", "properties.transaction.timeout.ms=20000"));
    arguments.add("-Dexecution.checkpointing.dir=" + checkpoints.toUri());
    DetectRun run;
    try (LiveRun live = new LiveRun(arguments)) {
      send(topics, query("one.pastebin.com"));
      Deadline.await("a risk event", LIMIT, () -> topics.riskIds().size() == 1);
      Path away = Files.move(checkpoints, folder.resolve("away"));
      Files.writeString(checkpoints, "no folder");
      send(topics, query("two.pastebin.com"), "no event");
      Instant over = Instant.now().plusSeconds(35); // the broker looks every 10 seconds
      Deadline.await("the end of transactions", LIMIT, () -> Instant.now().isAfter(over));
      assertThat(topics.riskIds()).hasSize(1);
      Files.delete(checkpoints);
      Files.move(away, checkpoints);
      Deadline.await("a risk event more", LIMIT, () -> topics.riskIds().size() == 2);
      Deadline.await("the dead letter", LIMIT, () -> topics.deadLetters().size() == 1);
      run = live.stop(folder);
    }
    assertThat(topics.riskIds()).hasSize(2).doesNotHaveDuplicates();
    assertThat(topics.deadLetters()).hasSize(1);
    assertThat(run.err())
        .containsPattern("a checkpoint failed.*, and without one in 0 min \\d+ s the job goes back")
        .contains("no checkpoint was done for 15 s: the job goes back to the last");
  }

  private static List<Long> counts(LiveTopics topics) {
    return topics.compactedRows().values().stream()
        .map(row -> row.required("count").longValue())
        .toList();
  }

  private static LiveTopics topics(String name) throws Exception {
    LiveTopics topics = new LiveTopics(broker, "events-" + name, name).created();
    broker.createTopics(1, topics.input());
    return topics;
  }

  private static void send(LiveTopics topics, String... messages) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String message : messages) {
      records.add(new ProducerRecord<>(topics.input(), message.getBytes(ISO_8859_1)));
    }
    broker.send(records);
  }

  /** An event of now that both detections match. */
  private static String twice(String name) {
    return query(name).replace("C:\\x.exe", "C:\\temp\\x.exe");
  }

  /** An event of now that one detection matches. */
  private static String query(String name) {
    return LiveSettingsITCase.query(name);
  }
}
