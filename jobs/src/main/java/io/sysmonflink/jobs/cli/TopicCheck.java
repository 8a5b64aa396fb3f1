package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Says at the start that there is nothing to read: with a pattern that matches no topic the job
 * would wait without a word. No more than a warning, since the topic may come; but who is refused
 * by the brokers need not wait.
 */
final class TopicCheck {

  private static final int TIMEOUT_SECONDS = 10;

  private TopicCheck() {}

  /**
   * What to tell the user, if anything. Brokers that do not answer may yet come, too.
   *
   * @param embedded whether the job runs in this process, and so with the same files
   * @throws UserError if the properties of Kafka's client are wrong
   */
  static Optional<String> warning(KafkaSettings kafka, boolean embedded)
      throws InterruptedException {
    String brokers = kafka.values().get("brokers");
    String topics = kafka.values().get("topic");
    if (brokers == null || topics == null) {
      return Optional.empty();
    }
    Map<String, Object> client = new HashMap<>(kafka.client());
    client.put("bootstrap.servers", brokers);
    try {
      Admin admin = Admin.create(client);
      try {
        Set<String> names = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        List<String> lacking = ReadRights.missing(admin, kafka, names, TIMEOUT_SECONDS);
        if (!lacking.isEmpty()) {
          throw new UserError(String.join("; ", lacking));
        }
        return kafka
            .topicPattern()
            .map(pattern -> unmatched(pattern, names))
            .orElseGet(() -> missing(Arrays.asList(topics.split(";")), names));
      } finally {
        admin.close(Duration.ZERO);
      }
    } catch (TimeoutException e) {
      return Optional.of(silent(brokers, "no answer in " + TIMEOUT_SECONDS + " s"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthenticationException) {
        throw refused(brokers, e.getCause());
      }
      return Optional.of(silent(brokers, e.getCause().getMessage()));
    } catch (KafkaException e) { // no client can be made
      Throwable why = e.getCause() == null ? e : e.getCause();
      if (embedded && !(why instanceof ConfigException && isOfBrokers(why))) {
        throw refused(brokers, why);
      }
      return Optional.of(silent(brokers, Failure.reason(why)));
    }
  }

  // Names that are not known now may be later.
  private static boolean isOfBrokers(Throwable failure) {
    return failure.getMessage().contains("bootstrap.servers");
  }

  private static UserError refused(String brokers, Throwable why) {
    return new UserError(
        "--brokers %s: %s; --kafka-properties says how to get in"
            .formatted(brokers, Failure.reason(why)),
        why);
  }

  private static String silent(String brokers, String why) {
    return "--brokers %s: %s; the job goes on trying".formatted(brokers, why);
  }

  static Optional<String> unmatched(String pattern, Set<String> names) {
    return names.stream().anyMatch(Pattern.compile(pattern).asMatchPredicate())
        ? Optional.empty()
        : Optional.of(
            "--topic-pattern %s: matches none of the %d topics that there are; waiting for one"
                .formatted(pattern, names.size()));
  }

  static Optional<String> missing(List<String> topics, Set<String> names) {
    List<String> missing = topics.stream().filter(Predicate.not(names::contains)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("--topic %s: there is no such topic".formatted(String.join(", ", missing)));
  }
}
