package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where in Kafka events come from and results go to. */
final class KafkaOptions {

  /** How often the output may come; as in the SQL of Flink's Kafka connector. */
  enum Delivery {
    AT_LEAST_ONCE,
    EXACTLY_ONCE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Mixin private KafkaSourceOptions source;

  @Option(
      names = "--results-topic",
      paramLabel = "T",
      defaultValue = "detection_results",
      description = "Where results go; default: ${DEFAULT-VALUE}.")
  private String resultsTopic;

  @Option(
      names = "--risk-topic",
      paramLabel = "T",
      defaultValue = "risk_events",
      description = "Where risk events go; default: ${DEFAULT-VALUE}.")
  private String riskTopic;

  @Option(
      names = "--dead-letter-topic",
      paramLabel = "T",
      defaultValue = "dead_letter",
      description = "Where unreadable records go; default: ${DEFAULT-VALUE}.")
  private String deadLetterTopic;

  @Option(
      names = "--delivery",
      paramLabel = "at-least-once|exactly-once",
      defaultValue = "at-least-once",
      description =
          "How risk events and dead letters are written; default: ${DEFAULT-VALUE}. Results are always"
              + " written at least once, by their key.")
  private Delivery delivery;

  @Option(
      names = "--transactional-id-prefix",
      paramLabel = "NAME",
      defaultValue = "detect",
      description =
          "Of exactly-once delivery; each job beside others needs its own; default: ${DEFAULT-VALUE}.")
  private String transactionalIdPrefix;

  /** Whether anything was said of where to read. */
  boolean isRead() {
    return source.isGiven();
  }

  /** The settings of a run, see {@link KafkaSourceOptions#settings}. */
  KafkaSettings settings(
      SearchWindow window,
      Optional<String> startMode,
      boolean bounded,
      Map<String, String> settings) {
    KafkaSettings read = source.settings(window, startMode, bounded, settings);
    Map<String, String> values = new HashMap<>(read.values());
    values.put("results_topic", resultsTopic);
    values.put("risk_topic", riskTopic);
    values.put("dead_letter_topic", deadLetterTopic);
    values.put("delivery", delivery.toString());
    values.put("transactional_id_prefix", transactionalIdPrefix);
    return new KafkaSettings(values, read.client(), read.topicPattern());
  }
}
