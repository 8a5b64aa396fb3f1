package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.partitioningBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.DetectRun;
import io.sysmonflink.jobs.oracle.Backfill;
import io.sysmonflink.jobs.oracle.DetectionRow;
import io.sysmonflink.jobs.oracle.Message;
import io.sysmonflink.jobs.oracle.RandomMessages;
import io.sysmonflink.jobs.oracle.Replay;
import io.sysmonflink.jobs.oracle.RiskSummary;
import io.sysmonflink.jobs.oracle.SearchedRow;
import io.sysmonflink.jobs.oracle.Window;
import io.sysmonflink.jobs.oracle.WindowsEvent;
import io.sysmonflink.jobs.regression.Evidence;
import io.sysmonflink.jobs.regression.OutputSchema;
import io.sysmonflink.jobs.regression.PackRun;
import io.sysmonflink.jobs.regression.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The live run and the oracle agree, row by row, on random messages of a real broker. To look
 * further than the seeds of the build: {@code -Doracle.seed=N} adds N to each.
 */
@ExtendWith(ProcessLogs.class)
class LiveITCase {

  private static final int PARTITIONS = 3;
  private static final int EVENTS = 900;
  private static final Duration HOURS = Duration.ofHours(30);

  private static KafkaBroker broker;

  /** Later than every event, and no reader's clock can take it for the future. */
  private final Instant end = Instant.now().minus(HOURS).truncatedTo(ChronoUnit.MILLIS);

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path home, Path logs) throws IOException {
    broker = KafkaBroker.started(home, logs);
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void everyRowIsWhatASearchOfFourteenDaysWouldSay() throws Exception {
    Sent sent = send("forty-days", 1, Window.lastDays(40, end));
    live(sent, "--sql", writingEachRowAtOnce().toString());
    List<SearchedRow> expected = sent.rows();
    assertThat(expected)
        .as("groups whose window moved")
        .anyMatch(row -> movedOn(row, sent.window()));

    Map<List<String>, List<SearchedRow>> written = LiveTopics.changes(sent.topics().results());
    LiveTopics.changes(expected)
        .forEach((key, rows) -> assertThat(written.get(key)).as("%s", key).isEqualTo(rows));
    assertThat(written.keySet()).isEqualTo(LiveTopics.changes(expected).keySet());
    assertThat(sent.topics().riskIds())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(riskIds(expected));
    assertThat(sent.topics().deadLetters()).containsExactlyInAnyOrderElementsOf(sent.dead());
  }

  @Test
  void lastRowsOfFourteenDaysAreThoseOfABackfillOfTheTopic() throws Exception {
    Sent sent = send("fourteen-days", 2, new Window(end.minus(Duration.ofDays(14)), end));
    live(sent);
    assertThat(sent.topics().tombstones()).as("rows that were taken back").isZero();
    Map<List<String>, List<SearchedRow>> written = LiveTopics.changes(sent.topics().results());
    LiveTopics.changes(sent.rows())
        .forEach(
            (key, rows) -> assertThat(rows).as("%s", key).containsSubsequence(written.get(key)));
    Path output = folder.resolve("output");
    Backfill backfill =
        Backfill.run(
            List.of("--source", "kafka", "--brokers", broker.address(), "--topic", sent.input()),
            output,
            Backfill.between(sent.window()));

    Map<List<String>, DetectionRow> last = new HashMap<>();
    sent.topics().results().forEach(row -> last.put(row.key(), row.row()));
    assertThat(last.values()).containsExactlyInAnyOrderElementsOf(backfill.rows());
    assertThat(sent.topics().riskIds()).containsExactlyInAnyOrderElementsOf(backfill.riskIds());
    assertThat(sent.topics().deadLetters()).hasSameSizeAs(backfill.deadLetters());
    OutputSchema.of("summary").assertFits(List.of(backfill.summary()));
    drilldownsReadTheTopics(sent);
  }

  private static void drilldownsReadTheTopics(Sent sent) throws IOException {
    List<JsonNode> riskEvents = sent.topics().riskEvents();
    Instant latest = sent.window().to().minus(Duration.ofDays(1));
    assertThat(RiskSummary.parse(sent.topics().drilldown("risk", "*", "--to", latest.toString())))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(RiskSummary.of(riskEvents, latest));

    SearchedRow row = sent.topics().results().get(0);
    SearchedRow newest =
        sent.topics().results().stream()
            .filter(other -> other.row().detection().equals(row.row().detection()))
            .filter(other -> other.row().dest().equals(row.row().dest()))
            .max(Comparator.comparing(other -> other.window().to()))
            .orElseThrow();
    String again =
        sent.topics()
            .drilldown("results", newest.row().dest(), "--detection", newest.row().detection());
    DetectRun backfill =
        DetectRun.of(
            "backfill",
            "--source",
            "kafka",
            "--brokers",
            broker.address(),
            "--topic",
            sent.input(),
            "--dest",
            newest.row().dest(),
            "--detection",
            newest.row().detection(),
            "--from",
            newest.window().from().toString(),
            "--to",
            newest.window().to().toString(),
            "--format",
            "json");
    assertThat(again.lines())
        .isNotEmpty()
        .containsExactlyElementsOf(backfill.out().lines().toList());
  }

  @Test
  void dropInDetectionsRunBesideTheBundledOnes() throws Exception {
    Evidence pack = TestData.packEvents();
    LiveTopics topics = new LiveTopics(broker, "events-pack", "pack").created();
    broker.createTopics(PARTITIONS, topics.input());
    List<Message> messages = messages(pack);
    topics.send(messages);
    String sql = packSqlWithAFilterOnTheCount("rundll32_connects_to_the_internet").toString();
    try (LiveRun run =
        new LiveRun(topics.arguments("--start", pack.window().from().toString(), "--sql", sql))) {
      run.awaitRead(messages.size(), 0);
      run.stop(folder);
    }

    Map<String, List<JsonNode>> expected = TestData.packRows();
    expected
        .get("rundll32_connects_to_the_internet")
        .removeIf(row -> row.required("count").intValue() > 1);
    List<JsonNode> rows = List.copyOf(topics.compactedRows().values());
    assertThat(PackRun.byDetection(rows))
        .hasSameSizeAs(expected)
        .allSatisfy(
            (detection, found) ->
                assertThat(found).containsExactlyInAnyOrderElementsOf(expected.get(detection)));
    assertThat(topics.tombstones()).as("rows that no longer pass their filter").isOne();
    assertThat(topics.riskEvents())
        .extracting(event -> event.required("search_name").textValue())
        .containsOnly(
            "Office Program Asks For A Cheap Domain",
            "PowerShell Runs An Encoded Command",
            "Run Key Starts A Program Of A User Folder",
            "Rundll32 Connects To The Internet")
        .hasSize(5 + 16 + 5 + 6);
    assertThat(topics.riskIds()).doesNotHaveDuplicates();
    OutputSchema.of("detection_results").assertFits(rows);
    OutputSchema.of("risk_events").assertFits(topics.riskEvents());
  }

  /** The pack, with a row of one detection taken back as soon as it counts a second event. */
  private Path packSqlWithAFilterOnTheCount(String detection) throws IOException {
    Path sql = folder.resolve("pack-sql");
    for (Path file : filesIn(TestData.packSql())) {
      Path copy = sql.resolve(TestData.packSql().relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    String filter = "SELECT * FROM %s WHERE `count` < 2".formatted(detection);
    Files.writeString(sql.resolve("filters").resolve(detection + "_filter.sql"), filter);
    return sql;
  }

  /** A message for each line of its files, which have an event in each. */
  private List<Message> messages(Evidence evidence) throws IOException {
    Instant arrived = evidence.window().to();
    List<Message> messages = new ArrayList<>();
    for (Path file : filesIn(evidence.inputIn(folder))) {
      for (String line : Files.readAllLines(file, ISO_8859_1)) {
        int partition = messages.size() % PARTITIONS;
        messages.add(new Message(partition, arrived, line, List.of(), List.of()));
      }
    }
    return messages;
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /**
   * Messages that were sent, and that are to be read.
   *
   * @param dead the dead letters that must come of them
   */
  private record Sent(
      LiveTopics topics, Window window, List<Message> messages, List<LiveTopics.DeadLetter> dead) {

    String input() {
      return topics.input();
    }

    Stream<WindowsEvent> events() {
      return messages.stream().flatMap(message -> message.events().stream());
    }

    List<SearchedRow> rows() {
      return Replay.of(events().toList(), window.from());
    }
  }

  private static Sent send(String name, long seed, Window window) throws Exception {
    Random random = new Random(seed + Long.getLong("oracle.seed", 0));
    LiveTopics topics = new LiveTopics(broker, "events-" + name, name).created();
    broker.createTopics(PARTITIONS, topics.input());
    List<Message> messages = new RandomMessages(random, window, PARTITIONS).next(EVENTS);
    // A day for a host's clock that is ahead: what is older when it arrives is not read.
    Instant firstRead = window.from().minus(Duration.ofDays(1));
    Map<Boolean, List<Message>> read =
        messages.stream()
            .collect(partitioningBy(message -> !message.timestamp().isBefore(firstRead)));
    assertThat(read.get(false)).as("messages before the start").isNotEmpty();
    topics.send(read.get(false));
    return new Sent(topics, window, read.get(true), topics.send(read.get(true)));
  }

  /** SQL files with which changes of a row that come together do not become one message. */
  private Path writingEachRowAtOnce() throws IOException {
    String path = "sinks/kafka/detection_results.sql";
    String bundled = Files.readString(Path.of("../sql").resolve(path));
    String changed =
        bundled
            .replaceAll("(?m)^.*'sink\\.buffer-flush.*\\R", "")
            .replace("'ISO-8601',", "'ISO-8601'");
    assertThat(changed).isNotEqualTo(bundled);
    Path file = folder.resolve("sql").resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, changed).getParent().getParent().getParent();
  }

  /** A live run from its start until it has read all and ended. */
  private void live(Sent sent, String... more) throws Exception {
    List<String> arguments =
        sent.topics().arguments("--start", sent.window().from().toString(), "--parallelism", "2");
    arguments.addAll(List.of(more));
    long wanted = sent.events().filter(event -> event.eventId() == 22).count();
    long others = sent.events().filter(event -> event.eventId() != 22).count();
    long empty = sent.messages().stream().filter(Message::isEmpty).count();
    assertThat(List.of(wanted, others, empty, (long) sent.dead().size())).allMatch(n -> n > 0);
    try (LiveRun run = new LiveRun(arguments)) {
      run.awaitRead(wanted + others + sent.dead().size(), empty);
      assertThat(run.metric("sysmon.decoded")).isEqualTo(wanted);
      assertThat(run.metric("sysmon.skipped")).isEqualTo(others);
      assertThat(run.metric("sysmon.deadLetters")).isEqualTo(sent.dead().size());
      assertThat(run.metric("sysmon.emptyMessages")).isEqualTo(empty);
      for (var skipped : skippedById(sent).entrySet()) {
        assertThat(run.metric("sysmon.event_id." + skipped.getKey() + ".skipped"))
            .as("event id %s", skipped.getKey())
            .isEqualTo(skipped.getValue());
      }
      for (var matched : matched(sent).entrySet()) {
        String group = "sysmon.detection." + matched.getKey();
        run.awaitMetric(group + ".matched", matched.getValue());
        // The newest event is 30 hours old, and all were sent just now.
        assertThat(run.metric(group + ".delay_min")).isGreaterThan(HOURS.toMillis());
      }
      run.stop(folder);
    }
  }

  /** By the labels that there are. */
  private static Map<String, Long> skippedById(Sent sent) {
    return sent.events()
        .map(WindowsEvent::eventId)
        .filter(id -> id != 22)
        .collect(groupingBy(id -> id < 30 ? id.toString() : "other", counting()));
  }

  /** How many events each detection must count: as many as there are rows. */
  private static Map<String, Long> matched(Sent sent) {
    return sent.rows().stream().collect(groupingBy(row -> row.row().detection(), counting()));
  }

  private static List<String> riskIds(List<SearchedRow> rows) {
    return rows.stream().flatMap(row -> row.riskIds().stream()).distinct().toList();
  }

  private static boolean movedOn(SearchedRow row, Window window) {
    return row.row().count() > 1 && row.window().from().isAfter(window.from());
  }
}
