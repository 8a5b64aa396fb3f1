package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.kafka.SysmonKafkaTableFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the tables of the Kafka connector get from the command line.
 *
 * @param values of the {@code ${key}}s in SQL files that options of the command line stand for
 * @param client properties of Kafka's client, such as {@code sasl.jaas.config}; they may be secret
 * @param topicPattern in place of the source's {@code topic}
 */
public record KafkaSettings(
    Map<String, String> values, Map<String, String> client, Optional<String> topicPattern) {

  /** Of a run without Kafka. */
  public static final KafkaSettings NONE = new KafkaSettings(Map.of(), Map.of(), Optional.empty());

  private static final Set<String> CONNECTORS =
      Set.of("kafka", "upsert-kafka", SysmonKafkaTableFactory.IDENTIFIER);

  public KafkaSettings {
    values = Map.copyOf(values);
    client = Map.copyOf(client);
  }

  /** Whether a table with these options is one of the Kafka connector. */
  static boolean isKafka(Map<String, String> options) {
    return CONNECTORS.contains(options.get("connector"));
  }

  /** The options of a sink that an SQL file declares with these. */
  Map<String, String> sinkOptions(Map<String, String> declared) {
    if (!isKafka(declared)) {
      return declared;
    }
    Map<String, String> options = new HashMap<>(declared);
    client.forEach((key, value) -> options.put("properties." + key, value));
    return options;
  }

  /** The options of a source that an SQL file declares with these. */
  Map<String, String> sourceOptions(Map<String, String> declared) {
    if (topicPattern.isEmpty()) {
      return sinkOptions(declared);
    }
    Map<String, String> options = new HashMap<>(sinkOptions(declared));
    options.remove("topic");
    options.put("topic-pattern", topicPattern.get());
    return options;
  }

  @Override
  public String toString() {
    return "KafkaSettings" + values.keySet() + client.keySet(); // no secrets
  }
}
