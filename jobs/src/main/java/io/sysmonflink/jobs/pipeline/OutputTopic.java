package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.json.BoundedJsonFormatFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A topic that a table of the sinks writes to.
 *
 * @param table the table, such as {@code dead_letter}
 * @param options those of the table, with the properties of Kafka's client
 */
public record OutputTopic(String table, Map<String, String> options) {

  /** The largest message that a broker takes by default. */
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 1024 * 1024 + 12;

  /**
   * With less, no cutting makes a row fit of which all but the by-fields is long: an entry for each
   * day that counts.
   */
  public static final int LEAST_MAX_MESSAGE_BYTES = 64 * 1024;

  /** Kafka's own around key and value, and what a broker that compresses anew may add. */
  private static final int OVERHEAD = 1024;

  /** Of Flink's connector, where the table does not say it. */
  private static final long CONNECTORS_TRANSACTION_TIMEOUT = 3_600_000;

  private static final String REQUEST_SIZE = "properties.max.request.size";
  private static final String BUFFER = "properties.buffer.memory";

  /** Looks at the topics before they are written to. */
  @FunctionalInterface
  public interface Check {

    /**
     * How large a message each of them takes, by its name; those that are not known are left out.
     *
     * @throws io.sysmonflink.jobs.catalog.UserError if one cannot be written to
     */
    Map<String, Integer> maxMessageBytes(List<OutputTopic> topics);
  }

  public OutputTopic {
    options = Map.copyOf(options);
  }

  /** The one of a table with these options, if it writes to one. */
  static Optional<OutputTopic> of(String table, Map<String, String> options) {
    return KafkaSettings.isKafka(options) && options.containsKey("topic")
        ? Optional.of(new OutputTopic(table, options))
        : Optional.empty();
  }

  /** Its name. */
  public String topic() {
    return options.get("topic");
  }

  /** Whether its messages have a key. */
  public boolean isKeyed() {
    return options.containsKey("key.format");
  }

  /** Whether the last message of a key is a row, and those before it are not. */
  public boolean isUpsert() {
    return options.get("connector").equals("upsert-kafka");
  }

  /** Whether what is too large for a message is cut, in the value and in a key made of values. */
  public boolean isBounded() {
    return (isBounded("value.format") || isBounded("format"))
        && (!isUpsert() || isBounded("key.format"));
  }

  /** Whether it is written to in transactions. */
  public boolean isTransactional() {
    return "exactly-once".equals(options.get("sink.delivery-guarantee"));
  }

  /** How many milliseconds a transaction may last, where the table says so. */
  public Optional<Long> transactionTimeoutMillis() {
    return number("properties.transaction.timeout.ms");
  }

  /**
   * How long a job with these topics may go on without a checkpoint, so that no transaction comes
   * to its end before one is done; for ever where there are none.
   */
  public static Optional<Duration> withoutCheckpoint(List<OutputTopic> topics) {
    return topics.stream()
        .filter(OutputTopic::isTransactional)
        .map(topic -> topic.transactionTimeoutMillis().orElse(CONNECTORS_TRANSACTION_TIMEOUT))
        .min(Long::compare)
        .map(millis -> Duration.ofMillis(millis - Math.min(60_000, millis / 4)));
  }

  /**
   * The table's options with what {@code bounded-json} must keep to, where they do not say it. Of a
   * message with a bounded key, which repeats values of the row, a quarter is the key's.
   *
   * @param maxMessageBytes of the topic
   */
  Map<String, String> bounded(int maxMessageBytes) {
    long room = Math.min(maxMessageBytes, number(REQUEST_SIZE).orElse(1024L * 1024));
    room = Math.min(room, number(BUFFER).orElse(Long.MAX_VALUE)) - OVERHEAD;
    Map<String, String> bounded = new HashMap<>(options);
    long key = 0;
    if (isBounded("key.format")) {
      key = room / 4;
      bounded.putIfAbsent("key." + limit(), String.valueOf(key));
    }
    if (isBounded("value.format")) {
      bounded.putIfAbsent("value." + limit(), String.valueOf(room - key));
    } else if (isBounded("format")) {
      bounded.putIfAbsent(limit(), String.valueOf(room - key));
    }
    return bounded;
  }

  private boolean isBounded(String option) {
    return BoundedJsonFormatFactory.IDENTIFIER.equals(options.get(option));
  }

  private static String limit() {
    return BoundedJsonFormatFactory.IDENTIFIER + "." + BoundedJsonFormatFactory.MAX_BYTES.key();
  }

  // What is no number is Kafka's client to complain of.
  private Optional<Long> number(String option) {
    try {
      return Optional.ofNullable(options.get(option)).map(value -> Long.valueOf(value.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
