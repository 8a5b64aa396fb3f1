package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;

/** Where in Kafka events come from and results go to. */
final class KafkaOptions {

  /** What {@code --set} and the environment name properties of Kafka's client by. */
  private static final String PROPERTIES = "properties.";

  private static final String ENVIRONMENT = "DETECT_KAFKA_";

  /** What an endpoint's clock may be ahead of the broker's: so much earlier may a record be. */
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  /** How often the output may come; as in the SQL of Flink's Kafka connector. */
  enum Delivery {
    AT_LEAST_ONCE,
    EXACTLY_ONCE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(
      names = "--brokers",
      paramLabel = "H:P",
      split = ",",
      description = "Kafka's brokers, separated by commas.")
  private List<String> brokers = List.of();

  @Option(names = "--topic", arity = "1..*", paramLabel = "T", description = "The topics to read.")
  private List<String> topics = List.of();

  @Option(
      names = "--topic-pattern",
      paramLabel = "REGEX",
      description = "Instead of --topic: read every topic with such a name, new ones too.")
  private String topicPattern;

  @Option(
      names = "--group-id",
      paramLabel = "NAME",
      defaultValue = "detect",
      description =
          "The consumer group under which the offsets are shown: ${DEFAULT-VALUE} unless told otherwise.")
  private String groupId;

  @Option(
      names = "--results-topic",
      paramLabel = "T",
      defaultValue = "detection_results",
      description = "Where results go: ${DEFAULT-VALUE} unless told otherwise.")
  private String resultsTopic;

  @Option(
      names = "--risk-topic",
      paramLabel = "T",
      defaultValue = "risk_events",
      description = "Where risk events go: ${DEFAULT-VALUE} unless told otherwise.")
  private String riskTopic;

  @Option(
      names = "--dead-letter-topic",
      paramLabel = "T",
      defaultValue = "dead_letter",
      description = "Where unreadable records go: ${DEFAULT-VALUE} unless told otherwise.")
  private String deadLetterTopic;

  @Option(
      names = "--delivery",
      paramLabel = "at-least-once|exactly-once",
      defaultValue = "at-least-once",
      description =
          "How risk events and dead letters are written: ${DEFAULT-VALUE} unless told otherwise. Results are always"
              + " written at least once, by their key.")
  private Delivery delivery;

  @Option(
      names = "--transactional-id-prefix",
      paramLabel = "NAME",
      defaultValue = "detect",
      description =
          "Of exactly-once delivery; each job beside others needs its own: ${DEFAULT-VALUE} unless told otherwise.")
  private String transactionalIdPrefix;

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description =
          "Properties of Kafka's client, such as security.protocol and sasl.jaas.config. An environment variable"
              + " DETECT_KAFKA_SASL_JAAS_CONFIG sets sasl.jaas.config, --set properties.x=y sets x; the later wins.")
  private Path properties;

  /** Whether anything was said of where to read. */
  boolean isRead() {
    return !brokers.isEmpty() || !topics.isEmpty() || topicPattern != null;
  }

  /**
   * The settings of a run.
   *
   * @param window what is searched; reading starts a day before it
   * @param startMode a startup mode of the connector, where the window does not say
   * @param bounded whether to stop at the end there is now
   * @param settings what {@code --set} says; those of Kafka's client are taken out
   */
  KafkaSettings settings(
      SearchWindow window,
      Optional<String> startMode,
      boolean bounded,
      Map<String, String> settings) {
    if (topicPattern != null && !topics.isEmpty()) {
      throw new UserError("--topic and --topic-pattern exclude each other");
    }
    Map<String, String> values = new HashMap<>();
    if (!brokers.isEmpty()) {
      values.put("brokers", String.join(",", brokers));
    }
    if (topicPattern != null) {
      values.put("topic", checkedPattern());
    } else if (!topics.isEmpty()) {
      values.put("topic", String.join(";", topics));
    }
    values.put("group_id", groupId);
    values.put("startup_mode", startMode.orElse("timestamp"));
    values.put("startup_timestamp", String.valueOf(startMillis(window)));
    values.put("bounded_mode", bounded ? "latest-offset" : "unbounded");
    values.put("results_topic", resultsTopic);
    values.put("risk_topic", riskTopic);
    values.put("dead_letter_topic", deadLetterTopic);
    values.put("delivery", delivery.toString());
    values.put("transactional_id_prefix", transactionalIdPrefix);
    return new KafkaSettings(values, client(settings), Optional.ofNullable(topicPattern));
  }

  private String checkedPattern() {
    try {
      return Pattern.compile(topicPattern).pattern();
    } catch (PatternSyntaxException e) {
      throw new UserError("--topic-pattern " + topicPattern + ": " + e.getDescription(), e);
    }
  }

  private static long startMillis(SearchWindow window) {
    Instant start = window.earliest().minus(CLOCK_SKEW);
    return Math.max(0, start.toEpochMilli());
  }

  private Map<String, String> client(Map<String, String> settings) {
    Map<String, String> client = new LinkedHashMap<>();
    fromFile().forEach((key, value) -> client.put(key.toString(), value.toString()));
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith(ENVIRONMENT)) {
                String key = name.substring(ENVIRONMENT.length());
                client.put(key.toLowerCase(Locale.ROOT).replace('_', '.'), value);
              }
            });
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(PROPERTIES)) {
            client.put(key.substring(PROPERTIES.length()), value);
          }
        });
    settings.keySet().removeIf(key -> key.startsWith(PROPERTIES));
    return client;
  }

  private Properties fromFile() {
    Properties loaded = new Properties();
    if (properties != null) {
      try (Reader reader = Files.newBufferedReader(properties, StandardCharsets.UTF_8)) {
        loaded.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new UserError("--kafka-properties " + properties + ": cannot be read: " + e, e);
      }
    }
    return loaded;
  }
}
