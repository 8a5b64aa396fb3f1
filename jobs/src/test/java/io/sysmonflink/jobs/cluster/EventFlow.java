package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.oracle.Message;
import io.sysmonflink.jobs.oracle.RandomMessages;
import io.sysmonflink.jobs.oracle.Replay;
import io.sysmonflink.jobs.oracle.SearchedRow;
import io.sysmonflink.jobs.oracle.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Random messages that flow into a topic while a job is disturbed, and what the job must have
 * written when all are in.
 */
final class EventFlow implements AutoCloseable {

  static final int PARTITIONS = 3;

  /**
   * So small a part of what is left at a time: the flow grows thin on a slow machine, and lasts.
   */
  private static final int PARTS = 400;

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final LiveTopics topics;
  private final Instant start;
  private final List<Message> messages;
  private final List<LiveTopics.DeadLetter> dead = new ArrayList<>();
  private final List<LiveTopics.DeadLetter> large = new ArrayList<>();
  private final int parts;
  private final Semaphore sending = new Semaphore(1, true);
  private final CompletableFuture<Void> sender;
  private volatile boolean hurry;
  private volatile int sent;
  private int written;

  /** Creates the topics of a job and begins to send. */
  static EventFlow into(KafkaBroker broker, String name, int events) throws Exception {
    return into(broker, name, events, PARTS);
  }

  /**
   * The same at another rate.
   *
   * @param parts what part of what is left is sent at a time
   */
  static EventFlow into(KafkaBroker broker, String name, int events, int parts) throws Exception {
    LiveTopics topics = new LiveTopics(broker, "events-" + name, name).created();
    broker.createTopics(PARTITIONS, topics.input());
    return new EventFlow(topics, events, parts);
  }

  private EventFlow(LiveTopics topics, int events, int parts) {
    this.topics = topics;
    this.parts = parts;
    Window window =
        Window.lastDays(
            40, Instant.now().minus(Duration.ofHours(30)).truncatedTo(ChronoUnit.MILLIS));
    this.start = window.from();
    Instant firstRead = start.minus(Duration.ofDays(1));
    Random random = new Random(3 + Long.getLong("oracle.seed", 0));
    this.messages =
        new RandomMessages(random, window, PARTITIONS)
            .next(events).stream().filter(m -> !m.timestamp().isBefore(firstRead)).toList();
    this.sender = CompletableFuture.runAsync(this::sendAll);
  }

  private void sendAll() {
    while (sent < messages.size()) {
      try (Pause alone = pause()) {
        int left = messages.size() - sent;
        int end = sent + (hurry ? left : 1 + left / parts);
        dead.addAll(topics.send(messages.subList(sent, end)));
        sent = end;
      }
      try {
        Thread.sleep(hurry ? 0 : PAUSE.toMillis());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** While it is open, nothing but what its owner sends comes into the topic. */
  interface Pause extends AutoCloseable {

    @Override
    void close();
  }

  /** Waits until all is with the broker that was begun to send, and sends no more. */
  Pause pause() {
    sending.acquireUninterruptibly();
    return sending::release;
  }

  /** The topic of the events. */
  String input() {
    return topics.input();
  }

  /** Sends a message whose dead letter is too large for a topic, and waits for that. */
  void sendLarge() {
    byte[] noEvent = "no event".repeat(900_000 / 8).getBytes(ISO_8859_1);
    try (Pause alone = pause()) {
      long offset = topics.sendPlain(0, noEvent);
      large.add(new LiveTopics.DeadLetter(input() + "/0", offset, String.valueOf(noEvent.length)));
    }
    Deadline.await("a large dead letter", LIMIT, () -> largeDeadLetters().containsAll(large));
  }

  /** With the length of the whole record in place of the record, of which a part was cut. */
  private List<LiveTopics.DeadLetter> largeDeadLetters() {
    return topics.deadLetterRows().stream()
        .filter(EventFlow::isCut)
        .map(
            letter ->
                new LiveTopics.DeadLetter(
                    letter.required("source").textValue(),
                    letter.required("position").longValue(),
                    letter.required("payload_length").asText()))
        .toList();
  }

  private static boolean isCut(JsonNode letter) {
    try {
      return letter.hasNonNull("raw_payload")
          && letter.required("raw_payload").binaryValue().length
              < letter.required("payload_length").intValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was said of messages that are gone. */
  List<String> gaps() {
    return topics.deadLetterRows().stream()
        .filter(letter -> letter.required("error_type").textValue().equals("offsets_lost"))
        .map(letter -> letter.required("error_message").textValue())
        .toList();
  }

  /** Whole records that are no events. */
  private List<LiveTopics.DeadLetter> deadLetters() {
    return topics.deadLetterRows().stream()
        .filter(letter -> !isCut(letter))
        .filter(letter -> !letter.required("error_type").textValue().equals("offsets_lost"))
        .map(LiveTopics::deadLetter)
        .toList();
  }

  /** How much of what there was. */
  String summary() {
    return "%d messages, %d rows, %d risk events, %d dead letters, %d of them cut"
        .formatted(
            messages.size(),
            topics.compactedResults().size(),
            topics.riskIds().size(),
            topics.deadLetterRows().size(),
            largeDeadLetters().size());
  }

  /** Arguments of the live run that is to find all. */
  List<String> arguments(String... more) {
    List<String> arguments = topics.arguments("--start", start.toString());
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Fails where events flow no more: what came after would have been no disturbance. */
  void assertFlows() {
    assertThat(sender).isNotDone();
    assertThat(sent).as("messages sent so far").isBetween(1, messages.size() - 1);
  }

  /**
   * Waits until a job has written more than when last asked, and a checkpoint holds what it knows:
   * only now a disturbance could make it lose something.
   */
  void awaitProgress(DetachedJob job) {
    Deadline.await("more rows", LIMIT, () -> topics.results().size() > written);
    written = topics.results().size();
    job.awaitCheckpoints(2); // the first may have begun before
    assertFlows();
  }

  /** Sends what is left, and waits until every row is the oracle's and every risk event there. */
  void awaitAllFound() throws Exception {
    hurry = true;
    sender.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    Set<SearchedRow> last = Set.copyOf(lastRows().values());
    Deadline.await(
        "the rows of the oracle",
        LIMIT,
        () -> none("rows", difference(last, topics.compactedResults().values())));
    Set<String> ids = riskIds();
    Deadline.await(
        "the risk events of the oracle",
        LIMIT,
        () -> none("risk events", difference(ids, topics.riskIds())));
    Deadline.await(dead.size() + " dead letters", LIMIT, () -> deadLetters().size() >= dead.size());
  }

  private static <T> Set<T> difference(Set<T> expected, Collection<T> found) {
    Set<T> difference = new HashSet<>(expected);
    difference.removeAll(Set.copyOf(found));
    return difference;
  }

  private static boolean none(String what, Set<?> missing) {
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          missing.size() + " " + what + " missing, as " + missing.iterator().next());
    }
    return true;
  }

  /**
   * Holds the whole output against the oracle's; to be called when the job has ended.
   *
   * @param once whether nothing may be there twice
   */
  void assertOutput(boolean once) {
    Map<List<String>, SearchedRow> last = lastRows();
    assertThat(topics.compactedResults().values())
        .containsExactlyInAnyOrderElementsOf(last.values());
    assertThat(new HashSet<>(rows())).containsAll(topics.results());
    assertThat(Set.copyOf(topics.riskIds())).isEqualTo(riskIds());
    assertThat(Set.copyOf(deadLetters())).isEqualTo(Set.copyOf(dead));
    assertThat(Set.copyOf(largeDeadLetters())).isEqualTo(Set.copyOf(large));
    if (once) {
      assertThat(topics.riskIds()).doesNotHaveDuplicates();
      assertThat(deadLetters()).containsExactlyInAnyOrderElementsOf(dead);
      assertThat(largeDeadLetters()).containsExactlyInAnyOrderElementsOf(large);
    }
  }

  private List<SearchedRow> rows() {
    return Replay.of(messages.stream().flatMap(m -> m.events().stream()).toList(), start);
  }

  private Map<List<String>, SearchedRow> lastRows() {
    Map<List<String>, SearchedRow> last = new LinkedHashMap<>();
    rows().forEach(row -> last.put(row.key(), row));
    return last;
  }

  private Set<String> riskIds() {
    Set<String> ids = new HashSet<>();
    rows().forEach(row -> ids.addAll(row.riskIds()));
    return ids;
  }

  @Override
  public void close() {
    hurry = true;
    sender.join();
  }
}
