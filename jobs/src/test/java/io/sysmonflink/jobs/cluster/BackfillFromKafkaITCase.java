package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sysmonflink.jobs.DetectRun;
import io.sysmonflink.jobs.oracle.Backfill;
import io.sysmonflink.jobs.oracle.Message;
import io.sysmonflink.jobs.oracle.RandomMessages;
import io.sysmonflink.jobs.oracle.Window;
import io.sysmonflink.jobs.regression.OutputSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A backfill of topics counts what one over files counts that hold a message each: random events in
 * every shape, several in a message, bad records, tombstones and empty messages among them. To look
 * further: {@code -Doracle.seed=N}.
 */
@ExtendWith(ProcessLogs.class)
class BackfillFromKafkaITCase {

  private static final int PARTITIONS = 3;
  private static final int EVENTS = 500;
  private static final Window WINDOW = Window.lastDays(14, Instant.parse("2024-11-20T00:00:00Z"));
  private static final List<String> TOPICS = List.of("mixed.a", "mixed.b");
  private static final String EMPTY = "mixed.empty";

  private static KafkaBroker broker;
  private static Backfill ofFiles;
  private static final Map<String, List<Message>> SENT = new TreeMap<>();
  private static final List<LiveTopics.DeadLetter> DEAD = new ArrayList<>();

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path home, @TempDir Path input, @TempDir Path output, Path logs)
      throws Exception {
    broker = KafkaBroker.started(home, logs);
    broker.createTopics(PARTITIONS, TOPICS.toArray(String[]::new));
    broker.createTopics(PARTITIONS, EMPTY, "other");
    Random random = new Random(Long.getLong("oracle.seed", 0));
    for (String topic : TOPICS) {
      List<Message> messages =
          new RandomMessages(random, WINDOW, PARTITIONS)
              .next(EVENTS).stream().map(BackfillFromKafkaITCase::sentInTime).toList();
      DEAD.addAll(new LiveTopics(broker, topic, "none").send(messages));
      SENT.put(topic, messages);
    }
    sendNoise("other");
    int number = 0;
    for (List<Message> messages : SENT.values()) {
      for (Message message : messages) {
        if (!message.isEmpty()) {
          Files.write(input.resolve("message-" + number++), message.value());
        }
      }
    }
    ofFiles = Backfill.run(input, output, Backfill.between(WINDOW));
    assertThat(ofFiles.rows()).isNotEmpty();
    assertThat(ofFiles.deadLetters()).isNotEmpty();
  }

  /** The message as one that no start of a search leaves out. */
  private static Message sentInTime(Message message) {
    return new Message(
        message.partition(), WINDOW.to(), message.latin1(), message.events(), message.bad());
  }

  private static void sendNoise(String topic) {
    broker.send(List.of(new ProducerRecord<>(topic, "noise".getBytes(ISO_8859_1))));
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  /** With one reader, with more readers than partitions, and with topics by their pattern. */
  @ParameterizedTest
  @CsvSource({
    "--topic mixed.a mixed.b mixed.empty, 1",
    "--topic-pattern mixed\\..*, 2",
    "--topic-pattern mixed\\..*, 5"
  })
  void countsAreThoseOfFilesWithTheSameRecords(String topics, int parallelism) throws IOException {
    Backfill ofTopics = backfill(topics, "--parallelism", String.valueOf(parallelism));

    assertThat(counts(ofTopics)).isEqualTo(counts(ofFiles));
    assertThat(ofTopics.summary().required("records").asLong())
        .isEqualTo(
            ofTopics.summary().required("decoded").asLong()
                + sum(ofTopics.summary().required("skipped"))
                + ofTopics.deadLetters().size())
        .isEqualTo(SENT.values().stream().mapToLong(BackfillFromKafkaITCase::records).sum());
    assertThat(ofTopics.log())
        .contains(printed(ofFiles, "decoded: "))
        .contains(printed(ofFiles, "providers of the decoded events: "));
    assertThat(recordsBySource(ofTopics))
        .isEqualTo(
            Map.of(
                "mixed.a",
                records(SENT.get("mixed.a")),
                "mixed.b",
                records(SENT.get("mixed.b")),
                EMPTY,
                0L));
    assertThat(ofTopics.lines("scan_summary"))
        .allSatisfy(
            tally ->
                assertThat(Instant.parse(tally.required("ended").asText()))
                    .isBetween(Instant.parse(tally.required("began").asText()), Instant.now()));
    assertThat(ofTopics.rows()).containsExactlyInAnyOrderElementsOf(ofFiles.rows());
    assertThat(ofTopics.deadLetters().stream().map(BackfillFromKafkaITCase::deadLetter))
        .containsExactlyInAnyOrderElementsOf(DEAD);
    OutputSchema.of("summary").assertFits(List.of(ofTopics.summary()));
    OutputSchema.of("scan_summary").assertFits(ofTopics.lines("scan_summary"));
  }

  @Test
  void whereNothingIsThereIsSaid() {
    Backfill nothing = backfill("--topic " + EMPTY);
    assertThat(nothing.log()).contains("0 records read").contains("no record was read");
    Backfill noise = backfill("--topic other");
    assertThat(noise.log())
        .contains("1 record read (5 bytes")
        .contains("1 dead letters: not_an_event (1)")
        .contains("nothing readable as a Windows event in other: 1 dead letter");
  }

  /** And not waited for: it would be for ever. */
  @Test
  void aPatternWithoutTopicsFailsTheRun() {
    DetectRun run =
        DetectRun.of(
            "backfill",
            "--source",
            "kafka",
            "--brokers",
            broker.address(),
            "--topic-pattern",
            "mixed-.*");
    assertThat(run.status()).isOne();
    assertThat(run.err())
        .contains("option 'topic-pattern': there is no topic whose name matches mixed-.*");
  }

  /** It finds the same, as ever; what it read it tells by metrics only. */
  @Test
  void aSourceOfFlinksOwnConnectorGoesOnWorking() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sql/sources"));
    Files.writeString(
        sources.resolve("own.sql"),
        """
        CREATE TEMPORARY TABLE windows_events (
          EventCode INT, _time TIMESTAMP_LTZ(3), Computer STRING, Channel STRING, Provider STRING,
          topic STRING NOT NULL METADATA VIRTUAL,
          `partition` INT NOT NULL METADATA VIRTUAL,
          `offset` BIGINT NOT NULL METADATA VIRTUAL,
          `source` AS CONCAT(topic, '/', CAST(`partition` AS STRING)),
          `position` AS `offset`,
          error_type STRING, error_message STRING, raw_payload BYTES
        ) WITH (
          'connector' = 'kafka', 'properties.bootstrap.servers' = '${brokers}', 'topic' = '${topic}',
          'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = '${bounded_mode}',
          'format' = 'sysmon', 'sysmon.event-codes' = '${event_codes}'
        )
        LIKE event_data
        """);
    List<String> from =
        List.of(
            "--source", "own", "--brokers", broker.address(), "--topic-pattern", "mixed\\.[ab]");
    List<String> more = new ArrayList<>(Backfill.between(WINDOW));
    more.addAll(List.of("--sql", folder.resolve("sql").toString()));
    Backfill own = Backfill.run(from, folder.resolve("own"), more);

    assertThat(own.rows()).containsExactlyInAnyOrderElementsOf(ofFiles.rows());
    assertThat(own.deadLetters().stream().map(BackfillFromKafkaITCase::deadLetter))
        .containsExactlyInAnyOrderElementsOf(DEAD);
    assertThat(own.summary().has("records")).isFalse();
  }

  /** A reader that starts over counts anew; what it had told before is gone with its rows. */
  @Test
  void talliesAreOfTheRowsThatAreThereThoughReadersFail() throws Exception {
    Configuration restarts =
        Configuration.fromMap(
            Map.of(
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.attempts", "2",
                "restart-strategy.fixed-delay.delay", "0s",
                "parallelism.default", "1"));
    TableEnvironment env =
        TableEnvironment.create(
            EnvironmentSettings.newInstance().inBatchMode().withConfiguration(restarts).build());
    env.createTemporarySystemFunction("FAILING", new Failing());
    env.executeSql(
        """
        CREATE TEMPORARY TABLE events (
          EventCode INT, `source` STRING, `position` BIGINT, error_type STRING, tally ROW<records BIGINT>
        ) WITH (
          'connector' = 'sysmon-kafka', 'properties.bootstrap.servers' = '%s', 'topic' = '%s',
          'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset'
        )"""
            .formatted(broker.address(), String.join(";", TOPICS)));
    Path output = folder.resolve("restarted");
    env.executeSql(
        """
        CREATE TEMPORARY TABLE written (`source` STRING, `position` BIGINT, is_record BOOLEAN, records BIGINT)
        WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json')"""
            .formatted(output.toUri()));
    env.executeSql(
            """
            INSERT INTO written SELECT `source`, `position`, EventCode IS NOT NULL OR error_type IS NOT NULL, tally.records
            FROM events WHERE FAILING(tally.records)""")
        .await();

    assertThat(Failing.LEFT).as("failures that did not come").isEmpty();
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        for (String line : Files.readAllLines(file)) {
          rows.add(new ObjectMapper().readTree(line));
        }
      }
    }
    for (var sent : SENT.entrySet()) {
      long records = records(sent.getValue());
      assertThat(rows.stream().filter(row -> source(row).startsWith(sent.getKey() + "/")))
          .hasSize((int) records)
          .allMatch(row -> row.required("is_record").asBoolean());
      assertThat(rows.stream().filter(row -> source(row).equals(sent.getKey())))
          .singleElement()
          .matches(row -> !row.required("is_record").asBoolean())
          .matches(row -> row.required("position").asLong() == 0)
          .matches(row -> row.required("records").asLong() == records);
    }
  }

  private static String source(JsonNode row) {
    return row.required("source").asText();
  }

  /** Fails at a row in the middle, then at the first tally, then no more. */
  public static final class Failing extends ScalarFunction {

    private static final AtomicInteger ROWS = new AtomicInteger();
    private static final Queue<Predicate<Long>> LEFT =
        new ConcurrentLinkedQueue<>(
            List.of(records -> ROWS.incrementAndGet() == EVENTS, records -> records != null));

    @Override
    public boolean isDeterministic() {
      return false;
    }

    public boolean eval(Long records) {
      Predicate<Long> next = LEFT.peek();
      if (next != null && next.test(records)) {
        LEFT.remove();
        throw new IllegalStateException("as the test asked for");
      }
      return true;
    }
  }

  private Backfill backfill(String topics, String... more) {
    List<String> from =
        new ArrayList<>(List.of("--source", "kafka", "--brokers", broker.address()));
    from.addAll(List.of(topics.split(" ")));
    List<String> arguments = new ArrayList<>(Backfill.between(WINDOW));
    arguments.addAll(List.of(more));
    return Backfill.run(from, folder.resolve("output-" + topics.hashCode()), arguments);
  }

  /** All that a summary says but how long it took, and what it says of single files. */
  private static JsonNode counts(Backfill run) {
    ObjectNode summary = run.summary().deepCopy();
    return summary.remove(
        List.of("seconds", "search_seconds", "unreadable_files", "unfilled", "not_all_read"));
  }

  /** From this text on to the end of the line. */
  private static String printed(Backfill run, String text) {
    return run.log()
        .lines()
        .filter(line -> line.contains(text))
        .map(line -> line.substring(line.indexOf(text)))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Long> recordsBySource(Backfill run) {
    return run.lines("scan_summary").stream()
        .collect(
            groupingBy(
                tally -> tally.required("source").asText(),
                summingLong(tally -> tally.required("records").asLong())));
  }

  private static long records(List<Message> messages) {
    return messages.stream().mapToLong(m -> m.events().size() + m.bad().size()).sum();
  }

  private static long sum(JsonNode counts) {
    return counts.properties().stream().mapToLong(count -> count.getValue().asLong()).sum();
  }

  private static LiveTopics.DeadLetter deadLetter(JsonNode row) {
    try {
      return new LiveTopics.DeadLetter(
          row.required("source").asText(),
          row.required("position").asLong(),
          new String(row.required("raw_payload").binaryValue(), ISO_8859_1).strip());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
