package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.DetectRun;
import io.sysmonflink.jobs.cluster.KafkaUsers.Right;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With the rights that docs/operate/runbook.md lists, and with no other, each command does its work
 * through TLS and with a password; without one of them it tells which.
 */
@Tag("faults")
@ExtendWith(ProcessLogs.class)
class KafkaRightsITCase {

  private static final String EXACTLY_ONCE = "exactly-once";
  private static final int LIMIT_SECONDS = 120;

  /** As we say it, and as Kafka does. */
  private static final Pattern REFUSED =
      Pattern.compile("no permission to |[Nn]ot authorized to |authorization failed");

  private static KafkaTls tls;
  private static KafkaBroker broker;
  private static KafkaUsers users;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path home, @TempDir Path stores, Path logs) throws Exception {
    tls = KafkaTls.in(stores);
    broker = KafkaBroker.startedForUsers(home, logs, tls);
    users = new KafkaUsers(broker, tls);
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  /** What a live job needs over its topics. */
  private static List<Right> ofLive(LiveTopics topics, String delivery) {
    List<Right> rights = new ArrayList<>();
    rights.add(Right.read(topics.input()));
    rights.add(Right.readGroup("group-" + topics.output()));
    topics.outputs().forEach(topic -> rights.add(Right.write(topic)));
    if (delivery.equals(EXACTLY_ONCE)) {
      rights.add(Right.writeTransactionalIds("detect-" + topics.output()));
    }
    return rights;
  }

  private static List<String> live(LiveTopics topics, String delivery, Path client) {
    List<String> arguments =
        topics.arguments("--delivery", delivery, "--group-id", "group-" + topics.output());
    arguments.addAll(List.of("--transactional-id-prefix", "detect-" + topics.output()));
    return asUser(arguments, client);
  }

  private static List<String> asUser(List<String> arguments, Path client) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--kafka-properties", client.toString()));
    Collections.replaceAll(all, broker.address(), broker.tlsAddress());
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {EXACTLY_ONCE, "at-least-once"})
  void withTheseRightsEveryCommandWorks(String delivery) throws Exception {
    LiveTopics topics = topics("all-" + delivery);
    send(topics);
    List<Right> rights = ofLive(topics, delivery);
    topics.outputs().forEach(topic -> rights.add(Right.describeConfigs(topic)));
    Path client = users.user(topics.output(), rights);
    DetectRun live;
    try (LiveRun run = new LiveRun(live(topics, delivery, client))) {
      run.awaitRead(2, 0);
      live = run.stop(folder);
    }
    assertThat(live.err().lines()).singleElement().asString().startsWith("detect: running, job ");
    assertThat(topics.results()).hasSize(1);
    assertThat(topics.riskIds()).hasSize(1);
    assertThat(topics.deadLetters()).hasSize(1);
    assertThat(broker.committed("group-" + topics.output()))
        .as("offsets of the group")
        .isNotEmpty();

    Path reader = users.user("reader-" + topics.output(), List.of(Right.read(topics.input())));
    assertThat(detect(backfill(topics, reader)).status()).isZero();
    List<Right> drilldown = topics.outputs().stream().map(Right::read).toList();
    Path analyst = users.user("analyst-" + topics.output(), drilldown);
    DetectRun risk =
        detect(
            asUser(
                List.of(
                    "drilldown",
                    "risk",
                    "--dest",
                    "*",
                    "--brokers",
                    broker.address(),
                    "--risk-topic",
                    topics.outputs().get(1)),
                analyst));
    assertThat(risk.status()).as(risk.err()).isZero();
    assertThat(risk.out()).contains("ws-1");
  }

  /** The settings of an output topic are read with a right of their own; the job can do without. */
  @Test
  void withoutTheRightToReadSettingsTheJobWarnsAndWorks() throws Exception {
    LiveTopics topics = topics("settings");
    send(topics);
    Path client = users.user(topics.output(), ofLive(topics, "at-least-once"));
    DetectRun live;
    try (LiveRun run = new LiveRun(live(topics, "at-least-once", client))) {
      run.awaitRead(2, 0);
      live = run.stop(folder);
    }
    assertThat(live.err().lines().filter(line -> line.contains("(right DescribeConfigs)")))
        .hasSameSizeAs(topics.outputs())
        .allSatisfy(line -> assertThat(topics.outputs()).anyMatch(line::contains));
    assertThat(topics.results()).hasSize(1);
  }

  private static List<String> backfill(LiveTopics topics, Path client) {
    List<String> arguments = List.of("backfill", "--source", "kafka", "--topic", topics.input());
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--brokers", broker.address()));
    return asUser(all, client);
  }

  @Test
  void aBackfillWithoutItsRightTellsTheTopic() throws Exception {
    LiveTopics topics = topics("backfill");
    Path nobody = users.user("nobody", List.of());
    DetectRun run = detect(backfill(topics, nobody));
    assertThat(run.status()).isNotZero();
    assertThat(run.err()).contains(topics.input()).containsPattern(REFUSED);
  }

  @Test
  void aWrongPasswordEndsTheRunWithOneLine() throws Exception {
    LiveTopics topics = topics("password");
    users.user("password", ofLive(topics, "at-least-once"));
    DetectRun run =
        detect(live(topics, "at-least-once", users.clientProperties("password", "not this")));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("detect: --brokers " + broker.tlsAddress() + ": ")
        .contains("Authentication failed")
        .endsWith("; --kafka-properties says how to get in");
  }

  /** A right that a user lacks. */
  record Missing(String delivery, int right) {
    String name() {
      return "missing-" + right + "-" + delivery;
    }
  }

  static Stream<Missing> missing() {
    return Stream.of("at-least-once", EXACTLY_ONCE)
        .flatMap(
            delivery ->
                Stream.iterate(0, i -> i + 1)
                    .limit(delivery.equals(EXACTLY_ONCE) ? 6 : 5)
                    .map(i -> new Missing(delivery, i)));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void eachMissingRightTellsItsName(Missing missing) throws Exception {
    LiveTopics topics = topics(missing.name());
    send(topics);
    List<Right> rights = new ArrayList<>(ofLive(topics, missing.delivery()));
    Right lacking = rights.remove(missing.right());
    Path client = users.user(topics.output(), rights);
    List<String> arguments = live(topics, missing.delivery(), client);
    arguments.addAll(
        List.of("-Drestart-strategy.type=none", "-Dexecution.checkpointing.interval=500ms"));
    DetectRun run = detect(arguments);
    assertThat(run.status()).as(run.err()).isNotZero();
    assertThat(run.err()).contains(lacking.name()).containsPattern(REFUSED);
  }

  private static DetectRun detect(List<String> arguments) throws Exception {
    return CompletableFuture.supplyAsync(() -> DetectRun.of(arguments.toArray(String[]::new)))
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static LiveTopics topics(String name) throws Exception {
    LiveTopics topics = new LiveTopics(broker, "events-" + name, name).created();
    broker.createTopics(1, topics.input());
    return topics;
  }

  private static void send(LiveTopics topics) {
    String query =
        ("<Event><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>22</EventID>"
                + "<TimeCreated SystemTime='%s'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel>"
                + "<Computer>ws-1</Computer></System><EventData><Data Name='QueryName'>a.pastebin.com</Data>"
                + "<Data Name='QueryStatus'>0</Data><Data Name='QueryResults'>-</Data>"
                + "<Data Name='Image'>C:\\x.exe</Data></EventData></Event>")
            .formatted(Instant.now());
    broker.send(
        Stream.of(query, "no event at all")
            .map(m -> new ProducerRecord<byte[], byte[]>(topics.input(), m.getBytes(UTF_8)))
            .toList());
  }
}
