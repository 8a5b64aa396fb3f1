package io.sysmonflink.kafka;

import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.PROPS_BOOTSTRAP_SERVERS;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.PROPS_GROUP_ID;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.SCAN_BOUNDED_MODE;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.SCAN_BOUNDED_SPECIFIC_OFFSETS;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.SCAN_BOUNDED_TIMESTAMP_MILLIS;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.SCAN_PARALLELISM;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.SCAN_STARTUP_MODE;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.SCAN_STARTUP_SPECIFIC_OFFSETS;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.SCAN_STARTUP_TIMESTAMP_MILLIS;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.SCAN_TOPIC_PARTITION_DISCOVERY;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.TOPIC;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.TOPIC_PATTERN;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.table.api.ValidationException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * What a {@code sysmon-kafka} table says about what it reads: the options of Flink's own connector
 * {@code kafka}, under the same names and with the same defaults.
 */
final class KafkaScanOptions {

  /** What the options begin with that are properties of Kafka's client. */
  static final String CLIENT = "properties.";

  private static final Pattern OFFSET = Pattern.compile("partition:(\\d{1,9}),offset:(\\d{1,18})");

  private final ReadableConfig options;
  private final Properties client = new Properties();

  private KafkaScanOptions(ReadableConfig options, Map<String, String> all) {
    this.options = options;
    all.forEach(
        (key, value) -> {
          if (key.startsWith(CLIENT)) {
            client.setProperty(key.substring(CLIENT.length()), value);
          }
        });
    client.putIfAbsent(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
    client.setProperty(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
        String.valueOf(options.get(SCAN_TOPIC_PARTITION_DISCOVERY).toMillis()));
  }

  static Set<ConfigOption<?>> required() {
    return Set.of(PROPS_BOOTSTRAP_SERVERS);
  }

  static Set<ConfigOption<?>> optional() {
    return Set.of(
        TOPIC,
        TOPIC_PATTERN,
        PROPS_GROUP_ID,
        SCAN_STARTUP_MODE,
        SCAN_STARTUP_SPECIFIC_OFFSETS,
        SCAN_STARTUP_TIMESTAMP_MILLIS,
        SCAN_BOUNDED_MODE,
        SCAN_BOUNDED_SPECIFIC_OFFSETS,
        SCAN_BOUNDED_TIMESTAMP_MILLIS,
        SCAN_TOPIC_PARTITION_DISCOVERY,
        SCAN_PARALLELISM,
        SysmonKafkaTableFactory.SINK_TRANSACTIONAL_IDS);
  }

  /**
   * What the options say.
   *
   * @param all the table's options as they stand, those of Kafka's client among them
   * @throws ValidationException if one of them is wrong
   */
  static KafkaScan scan(ReadableConfig options, Map<String, String> all) {
    return new KafkaScanOptions(options, all).scan();
  }

  private KafkaScan scan() {
    List<String> topics = options.getOptional(TOPIC).orElse(List.of());
    Optional<String> pattern = options.getOptional(TOPIC_PATTERN);
    if (topics.isEmpty() == pattern.isEmpty()) {
      throw new ValidationException(
          "one of the options 'topic' and 'topic-pattern' must be given, and not both");
    }
    return new KafkaScan(
        topics,
        pattern.map(KafkaScanOptions::pattern),
        client,
        start(),
        end(),
        options.getOptional(SCAN_PARALLELISM),
        options.get(SysmonKafkaTableFactory.SINK_TRANSACTIONAL_IDS));
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw wrong(TOPIC_PATTERN, regex + ": " + e.getDescription(), e);
    }
  }

  private OffsetsInitializer start() {
    return switch (options.get(SCAN_STARTUP_MODE)) {
      case EARLIEST_OFFSET -> StartingOffsets.earliest();
      case LATEST_OFFSET -> StartingOffsets.of(OffsetsInitializer.latest());
      case GROUP_OFFSETS -> {
        requireGroup(SCAN_STARTUP_MODE);
        yield StartingOffsets.committed(options.get(PROPS_GROUP_ID), whereNothingIsCommitted());
      }
      case TIMESTAMP ->
          StartingOffsets.of(
              OffsetsInitializer.timestamp(time(SCAN_STARTUP_MODE, SCAN_STARTUP_TIMESTAMP_MILLIS)));
      case SPECIFIC_OFFSETS ->
          StartingOffsets.of(
              OffsetsInitializer.offsets(
                  offsets(SCAN_STARTUP_MODE, SCAN_STARTUP_SPECIFIC_OFFSETS)));
    };
  }

  private Optional<OffsetsInitializer> end() {
    return switch (options.get(SCAN_BOUNDED_MODE)) {
      case UNBOUNDED -> Optional.empty();
      case LATEST_OFFSET -> Optional.of(now(OffsetsInitializer.latest()));
      case GROUP_OFFSETS -> {
        requireGroup(SCAN_BOUNDED_MODE);
        yield Optional.of(OffsetsInitializer.committedOffsets());
      }
      case TIMESTAMP ->
          Optional.of(
              now(
                  OffsetsInitializer.timestamp(
                      time(SCAN_BOUNDED_MODE, SCAN_BOUNDED_TIMESTAMP_MILLIS))));
      case SPECIFIC_OFFSETS ->
          Optional.of(
              OffsetsInitializer.offsets(
                  offsets(SCAN_BOUNDED_MODE, SCAN_BOUNDED_SPECIFIC_OFFSETS)));
    };
  }

  /** An end that is there now, for a reader of all records or of committed ones. */
  private OffsetsInitializer now(OffsetsInitializer end) {
    String isolation = client.getProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
    return isolation.equals(IsolationLevel.READ_COMMITTED.toString())
        ? new StableEnds(client, end)
        : end;
  }

  private void requireGroup(ConfigOption<?> mode) {
    require(mode, PROPS_GROUP_ID);
  }

  @SuppressWarnings("deprecation") // what Flink's connector takes
  private OffsetResetStrategy whereNothingIsCommitted() {
    String key = ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
    String strategy = client.getProperty(key, OffsetResetStrategy.NONE.toString());
    try {
      return OffsetResetStrategy.valueOf(strategy.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ValidationException(
          "option '%s%s' must be earliest, latest or none, not %s".formatted(CLIENT, key, strategy),
          e);
    }
  }

  private long time(ConfigOption<?> mode, ConfigOption<Long> option) {
    long millis = require(mode, option);
    if (millis < 0) {
      throw wrong(option, "must be 0 or more, not " + millis, null);
    }
    return millis;
  }

  /** As in {@code partition:0,offset:42;partition:1,offset:300}, of the only topic. */
  private Map<TopicPartition, Long> offsets(ConfigOption<?> mode, ConfigOption<String> option) {
    String text = require(mode, option);
    List<String> topics = options.getOptional(TOPIC).orElse(List.of());
    if (topics.size() != 1) {
      throw wrong(option, "goes with one topic, in the option 'topic'", null);
    }
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (String part : text.split(";", -1)) {
      Matcher offset = OFFSET.matcher(part.strip());
      if (!offset.matches()) {
        throw wrong(
            option,
            "must look like partition:0,offset:42;partition:1,offset:300, not " + text,
            null);
      }
      TopicPartition partition =
          new TopicPartition(topics.get(0), Integer.parseInt(offset.group(1)));
      if (offsets.put(partition, Long.valueOf(offset.group(2))) != null) {
        throw wrong(option, "names partition " + partition.partition() + " twice", null);
      }
    }
    return offsets;
  }

  private <T> T require(ConfigOption<?> mode, ConfigOption<T> needed) {
    return options
        .getOptional(needed)
        .orElseThrow(
            () ->
                wrong(
                    needed,
                    "is missing, which '%s' = '%s' asks for"
                        .formatted(mode.key(), options.get(mode)),
                    null));
  }

  private static ValidationException wrong(ConfigOption<?> option, String what, Throwable cause) {
    return new ValidationException("option '" + option.key() + "' " + what, cause);
  }
}
