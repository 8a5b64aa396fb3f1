package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.DetectRun;
import io.sysmonflink.jobs.oracle.Message;
import io.sysmonflink.jobs.oracle.SearchedRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;

/**
 * The topics of a live job: one with events, and three of its own with the output.
 *
 * @param input may be shared with other jobs
 * @param output what the names of the job's topics end in
 */
record LiveTopics(KafkaBroker broker, String input, String output) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A dead letter, but for its error. */
  record DeadLetter(String source, long position, String payload) {}

  /** Creates the topics of the output. */
  LiveTopics created() throws Exception {
    broker.createCompactedTopic(name("results"), 2);
    broker.createTopics(1, name("risk"), name("dead"));
    return this;
  }

  /** The topics of the output: results, risk events and dead letters. */
  List<String> outputs() {
    return List.of(name("results"), name("risk"), name("dead"));
  }

  /** Arguments of a live run over these topics. */
  List<String> arguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of("live", "--brokers", broker.address()));
    arguments.addAll(List.of("--topic", input, "--results-topic", name("results")));
    arguments.addAll(List.of("--risk-topic", name("risk"), "--dead-letter-topic", name("dead")));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** What a drilldown over these topics prints, as JSON. */
  String drilldown(String which, String dest, String... more) {
    List<String> arguments = new ArrayList<>(List.of("drilldown", which, "--dest", dest));
    arguments.addAll(List.of("--brokers", broker.address(), "--format", "json"));
    if (which.equals("risk")) {
      arguments.addAll(List.of("--risk-topic", name("risk")));
    } else {
      arguments.addAll(List.of("--results-topic", name("results"), "--topic", input));
    }
    arguments.addAll(List.of(more));
    DetectRun run = DetectRun.of(arguments.toArray(String[]::new));
    if (run.status() != 0) {
      throw new AssertionError(run.err());
    }
    return run.out();
  }

  /**
   * Sends messages to the input in their order.
   *
   * @return the dead letters that must come of them
   */
  List<DeadLetter> send(List<Message> messages) {
    List<Long> offsets =
        broker.send(
            messages.stream()
                .map(
                    m ->
                        new ProducerRecord<byte[], byte[]>(
                            input, m.partition(), m.timestamp().toEpochMilli(), null, m.value()))
                .toList());
    List<DeadLetter> dead = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      for (String payload : messages.get(i).bad()) {
        String source = input + "/" + messages.get(i).partition();
        dead.add(new DeadLetter(source, offsets.get(i), payload));
      }
    }
    return dead;
  }

  /** Sends a message to a partition of the input; gives its offset. */
  long sendPlain(int partition, byte[] value) {
    return broker.send(List.of(new ProducerRecord<>(input, partition, null, value))).get(0);
  }

  /** Every row that was written, those of each key in their order, without what takes one back. */
  List<SearchedRow> results() {
    return broker.read(name("results"), IsolationLevel.READ_COMMITTED).stream()
        .filter(message -> message.value() != null)
        .map(message -> SearchedRow.of(json(message.value())))
        .toList();
  }

  /** How often a row was taken back. */
  long tombstones() {
    return broker.read(name("results"), IsolationLevel.READ_COMMITTED).stream()
        .filter(message -> message.value() == null)
        .count();
  }

  /** What compaction leaves of the results: the last row of each key of the topic. */
  Map<String, SearchedRow> compactedResults() {
    Map<String, SearchedRow> last = new HashMap<>();
    compactedRows().forEach((key, row) -> last.put(key, SearchedRow.of(row)));
    return last;
  }

  /** The same with all the columns that a detection may have. */
  Map<String, JsonNode> compactedRows() {
    Map<String, JsonNode> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record :
        broker.read(name("results"), IsolationLevel.READ_COMMITTED)) {
      String key = new String(record.key(), ISO_8859_1);
      if (record.value() == null) {
        last.remove(key);
      } else {
        last.put(key, json(record.value()));
      }
    }
    return last;
  }

  /** All risk events that count. */
  List<JsonNode> riskEvents() {
    return read("risk", IsolationLevel.READ_COMMITTED);
  }

  /** Their ids. */
  List<String> riskIds() {
    return riskEvents().stream().map(event -> event.required("id").textValue()).toList();
  }

  /** All dead letters that count. */
  List<DeadLetter> deadLetters() {
    return deadLetterRows().stream().map(LiveTopics::deadLetter).toList();
  }

  /** The same with all columns. */
  List<JsonNode> deadLetterRows() {
    return read("dead", IsolationLevel.READ_COMMITTED);
  }

  /** A row of the topic, but for its error. */
  static DeadLetter deadLetter(JsonNode json) {
    try {
      return new DeadLetter(
          json.required("source").textValue(),
          json.required("position").longValue(),
          new String(json.required("raw_payload").binaryValue(), ISO_8859_1).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of each key in their order, a row that repeats the one before it left out. */
  static Map<List<String>, List<SearchedRow>> changes(List<SearchedRow> rows) {
    Map<List<String>, List<SearchedRow>> changes = new LinkedHashMap<>();
    for (SearchedRow row : rows) {
      List<SearchedRow> ofKey = changes.computeIfAbsent(row.key(), key -> new ArrayList<>());
      if (ofKey.isEmpty() || !ofKey.get(ofKey.size() - 1).equals(row)) {
        ofKey.add(row);
      }
    }
    return changes;
  }

  private List<JsonNode> read(String topic, IsolationLevel isolation) {
    return broker.read(name(topic), isolation).stream().map(r -> json(r.value())).toList();
  }

  private static JsonNode json(byte[] value) {
    try {
      return MAPPER.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of one of {@code results}, {@code risk} and {@code dead}. */
  String name(String topic) {
    return topic + "-" + output;
  }
}
