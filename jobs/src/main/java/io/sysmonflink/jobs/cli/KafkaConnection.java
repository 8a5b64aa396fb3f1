package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Which Kafka, and how its client gets in. */
final class KafkaConnection {

  /** What {@code --set} and the environment name properties of Kafka's client by. */
  private static final String PROPERTIES = "properties.";

  private static final String ENVIRONMENT = "DETECT_KAFKA_";

  @Option(
      names = "--brokers",
      paramLabel = "H:P",
      split = ",",
      description = "Kafka's brokers, separated by commas.")
  private List<String> brokers = List.of();

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description =
          "Properties of Kafka's client, such as security.protocol and sasl.jaas.config. An environment variable"
              + " DETECT_KAFKA_SASL_JAAS_CONFIG sets sasl.jaas.config, --set properties.x=y sets x; the later wins.")
  private Path properties;

  /** Whether brokers were named. */
  boolean isGiven() {
    return !brokers.isEmpty();
  }

  /** The values of {@code ${key}}s. */
  Map<String, String> values() {
    return brokers.isEmpty() ? Map.of() : Map.of("brokers", String.join(",", brokers));
  }

  /**
   * Properties of Kafka's client; they may be secret.
   *
   * @param settings what {@code --set} says; those of Kafka's client are taken out
   */
  Map<String, String> client(Map<String, String> settings) {
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
