package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.regression.OutputSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Kafka removes before the live job has read it is told, and all that is still there is read:
 * each message here is a dead letter, so that these say which offsets were read.
 */
@Tag("faults") // takes half a minute
@ExtendWith(ProcessLogs.class)
class LostOffsetsITCase {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String GROUP = "lost";
  private static final String TOPIC = "gone";
  private static final String COMPACTED = "compacted";

  private static KafkaBroker broker;
  private static TopicChanges changes;

  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

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
  void whatIsGoneIsToldAndTheRestIsRead() throws Exception {
    LiveTopics topics = new LiveTopics(broker, TOPIC, "lost").created();
    broker.createTopics(2, TOPIC);
    changes.createTopicToCompact(COMPACTED);
    compact();
    List<String> gaps = new ArrayList<>();
    String savepoint;
    try (LiveRun run = startedFromItsGroup(topics, gaps)) {
      partitionsThatComeLater(gaps);
      whileItReads(gaps);
      offsetsThatDoNotFollowEachOther();
      List<Long> compacted = read(COMPACTED + "/0");
      assertThat(compacted.get(0)).isZero();
      assertThat(compacted.get(1)).as("what compaction left: %s", compacted).isGreaterThan(1);
      assertThat(gaps()).containsExactlyInAnyOrderElementsOf(gaps);
      run.awaitMetric("sysmon.lostOffsets", 10 + 5 + 5);
      run.awaitMetric("sysmon.error_type.offsets_lost.deadLetters", 3);
      savepoint = run.stopAt(folder);
    }
    afterASavepoint(topics, savepoint, gaps);
    assertThat(said.toString(UTF_8).lines().filter(line -> line.contains("are gone")))
        .containsExactlyInAnyOrderElementsOf(gaps.stream().map(gap -> "detect: " + gap).toList());
    OutputSchema.of("dead_letter").assertFits(deadLetters());
  }

  /** Its group stands at offset 10 of what begins at 20. */
  private LiveRun startedFromItsGroup(LiveTopics topics, List<String> gaps) throws Exception {
    changes.send(TOPIC, 0, 30);
    changes.send(TOPIC, 1, 5);
    changes.deleteBefore(TOPIC, 0, 20);
    changes.commit(GROUP, TOPIC, 0, 10);
    changes.commit(GROUP, TOPIC, 1, 0);
    changes.commit(GROUP, COMPACTED, 0, 0);
    LiveRun run = new LiveRun(arguments(topics));
    gaps.add(gap(10, 19, 0, 10));
    awaitRead(0, 20, 29);
    awaitRead(1, 0, 4);
    return run;
  }

  private void partitionsThatComeLater(List<String> gaps) throws Exception {
    changes.addPartitions(TOPIC, 3);
    try (KafkaProducer<byte[], byte[]> producer = changes.begin("later", TOPIC, 2, 10)) {
      changes.deleteBefore(TOPIC, 2, 5);
      producer.commitTransaction();
    }
    gaps.add(gap(0, 4, 2, 5));
    awaitRead(2, 5, 9);
  }

  /** It has read all, but for what is not committed yet. */
  private void whileItReads(List<String> gaps) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = changes.begin("running", TOPIC, 1, 10)) {
      changes.deleteBefore(TOPIC, 1, 10);
      producer.commitTransaction();
    }
    gaps.add(gap(5, 9, 1, 5));
    awaitRead(1, 0, 4, 10, 14);
  }

  /** Behind the ends of transactions, and behind one that was aborted; all read was removed. */
  private void offsetsThatDoNotFollowEachOther() throws Exception {
    awaitCommitted(1, 16);
    changes.deleteBefore(TOPIC, 1, 16);
    changes.send(TOPIC, 1, 1);
    awaitRead(1, 0, 4, 10, 14, 16, 16);
    try (KafkaProducer<byte[], byte[]> producer = changes.begin("aborted", TOPIC, 1, 5)) {
      producer.abortTransaction();
    }
    awaitCommitted(1, 23);
    changes.deleteBefore(TOPIC, 1, 23);
    changes.send(TOPIC, 1, 2);
    awaitRead(1, 0, 4, 10, 14, 16, 16, 23, 24);
  }

  /** Of one partition some is left, of another nothing, and nothing comes. */
  private void afterASavepoint(LiveTopics topics, String savepoint, List<String> gaps)
      throws Exception {
    changes.send(TOPIC, 0, 10);
    changes.deleteBefore(TOPIC, 0, 35);
    changes.send(TOPIC, 2, 5);
    changes.deleteBefore(TOPIC, 2, 16);
    gaps.add(gap(30, 34, 0, 5));
    gaps.add(gap(11, 15, 2, 5));
    List<String> arguments = arguments(topics);
    arguments.add("-Dexecution.state-recovery.path=" + savepoint);
    try (LiveRun run = new LiveRun(arguments)) {
      awaitRead(0, 20, 29, 35, 39);
      Deadline.await("all gaps", LIMIT, () -> gaps().size() == gaps.size());
      run.awaitMetric("sysmon.lostOffsets", 10);
      changes.send(TOPIC, 2, 1);
      awaitRead(2, 5, 9, 16, 16);
      run.stop(folder);
    }
    assertThat(gaps()).containsExactlyInAnyOrderElementsOf(gaps);
  }

  /** Messages of which compaction leaves some. */
  private static void compact() {
    changes.sendToCompact(COMPACTED, "first", 1, 1);
    changes.sendToCompact(COMPACTED, "more", 7, 100);
    Deadline.await(
        "a compacted topic",
        LIMIT,
        () -> {
          changes.sendToCompact(COMPACTED, "more", 7, 7); // what is written last stays as it is
          return broker.read(COMPACTED, IsolationLevel.READ_COMMITTED).size() < 100;
        });
  }

  private List<String> arguments(LiveTopics topics) throws IOException {
    String bundled = Files.readString(Path.of("../sql/sources/kafka.sql"));
    String own =
        bundled
            .replace("'${startup_mode}'", "'group-offsets'")
            .replace("'1 min'", "'1 s'")
            .replace("'${topic}'", "'" + TOPIC + ";" + COMPACTED + "'");
    Path sources = Files.createDirectories(folder.resolve("sql/sources"));
    Files.writeString(sources.resolve("own.sql"), own);
    List<String> arguments = topics.arguments("--source", "own", "--group-id", GROUP);
    arguments.addAll(List.of("--sql", folder.resolve("sql").toString(), "--parallelism", "2"));
    return arguments;
  }

  private static String gap(long from, long to, int partition, int count) {
    return "offsets %d to %d of topic %s, partition %d, are gone (%d): Kafka removed them before they were read"
        .formatted(from, to, TOPIC, partition, count);
  }

  /**
   * Waits until just these were read of a partition.
   *
   * @param bounds of each run of offsets, the first and the last
   */
  private static void awaitRead(int partition, long... bounds) {
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      LongStream.rangeClosed(bounds[i], bounds[i + 1]).forEach(expected::add);
    }
    String source = TOPIC + "/" + partition;
    try {
      Deadline.await("all of " + source, LIMIT, () -> read(source).equals(expected));
    } catch (AssertionError e) {
      assertThat(read(source)).isEqualTo(expected);
      throw e;
    }
  }

  private static void awaitCommitted(int partition, long offset) {
    Deadline.await(
        "offset " + offset + " is committed",
        LIMIT,
        () -> Long.valueOf(offset).equals(changes.committed(GROUP, TOPIC, partition)));
  }

  private static List<Long> read(String source) {
    return deadLetters().stream()
        .filter(letter -> letter.required("source").textValue().equals(source))
        .filter(letter -> letter.required("error_type").textValue().equals("not_an_event"))
        .map(letter -> letter.required("position").longValue())
        .sorted()
        .toList();
  }

  private static List<String> gaps() {
    return deadLetters().stream()
        .filter(letter -> letter.required("error_type").textValue().equals("offsets_lost"))
        .map(letter -> letter.required("error_message").textValue())
        .toList();
  }

  private static List<JsonNode> deadLetters() {
    ObjectMapper mapper = new ObjectMapper();
    return broker.read("dead-lost", IsolationLevel.READ_COMMITTED).stream()
        .<JsonNode>map(
            letter -> {
              try {
                return mapper.readTree(letter.value());
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }
}
