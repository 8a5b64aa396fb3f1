package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where in Kafka events come from. */
final class KafkaSourceOptions {

  /** What an endpoint's clock may be ahead of the broker's: so much earlier may a record be. */
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  @Mixin private KafkaConnection connection;

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
          "The consumer group under which the offsets are shown; default: ${DEFAULT-VALUE}.")
  private String groupId;

  /** Whether anything was said of where to read. */
  boolean isGiven() {
    return connection.isGiven() || isRead();
  }

  /** Whether topics to read were named. */
  boolean isRead() {
    return !topics.isEmpty() || topicPattern != null;
  }

  /**
   * The settings of a run that writes elsewhere.
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
    Map<String, String> values = new HashMap<>(connection.values());
    if (topicPattern != null) {
      values.put("topic", checkedPattern());
    } else if (!topics.isEmpty()) {
      values.put("topic", String.join(";", topics));
    }
    values.put("group_id", groupId);
    values.put("startup_mode", startMode.orElse("timestamp"));
    values.put("startup_timestamp", String.valueOf(startMillis(window)));
    values.put("bounded_mode", bounded ? "latest-offset" : "unbounded");
    return new KafkaSettings(
        values, connection.client(settings), Optional.ofNullable(topicPattern));
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
}
