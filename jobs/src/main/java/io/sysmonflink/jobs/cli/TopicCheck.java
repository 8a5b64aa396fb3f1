package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.OutputTopic;
import java.time.Duration;
import java.util.ArrayList;
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
 * Says at the start what is wrong with the topics. Of those to read: that there is nothing, since
 * with a pattern that matches no topic the job would wait without a word; no more than a warning,
 * as the topic may come. But who is refused by the brokers need not wait. Of those to write to: see
 * {@link OutputTopicCheck}.
 */
final class TopicCheck {

  private static final int TIMEOUT_SECONDS = 10;

  private final KafkaSettings kafka;
  private final String brokers;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private Map<String, Integer> maxMessageBytes = Map.of();

  private TopicCheck(KafkaSettings kafka) {
    this.kafka = kafka;
    this.brokers = kafka.values().get("brokers");
  }

  /**
   * Looks at the topics of a run. Brokers that do not answer may yet come.
   *
   * @param outputs what it writes to
   * @param embedded whether the job runs in this process, and so with the same files
   * @throws UserError if the properties of Kafka's client are wrong
   */
  static TopicCheck of(KafkaSettings kafka, List<OutputTopic> outputs, boolean embedded)
      throws InterruptedException {
    TopicCheck check = new TopicCheck(kafka);
    if (check.brokers != null && kafka.values().get("topic") != null) {
      check.run(outputs, embedded);
    }
    return check;
  }

  /** What the user must know. */
  List<String> warnings() {
    return warnings;
  }

  /** Why the job cannot work. */
  List<String> errors() {
    return errors;
  }

  /** How large a message each topic takes that is written to, where that could be read. */
  Map<String, Integer> maxMessageBytes() {
    return maxMessageBytes;
  }

  private void run(List<OutputTopic> outputs, boolean embedded) throws InterruptedException {
    Map<String, Object> client = new HashMap<>(kafka.client());
    client.put("bootstrap.servers", brokers);
    try {
      Admin admin = Admin.create(client);
      try {
        Set<String> names = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        errors.addAll(ReadRights.missing(admin, kafka, outputs, names, TIMEOUT_SECONDS));
        inputs(names).ifPresent(warnings::add);
        OutputTopicCheck check = new OutputTopicCheck(admin, kafka, TIMEOUT_SECONDS);
        check.run(outputs);
        maxMessageBytes = check.maxMessageBytes();
        warnings.addAll(check.warnings());
        errors.addAll(check.errors());
      } finally {
        admin.close(Duration.ZERO);
      }
    } catch (TimeoutException e) {
      warnings.add(silent("no answer in " + TIMEOUT_SECONDS + " s"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthenticationException) {
        throw refused(e.getCause());
      }
      warnings.add(silent(e.getCause().getMessage()));
    } catch (KafkaException e) { // no client can be made
      Throwable why = e.getCause() == null ? e : e.getCause();
      if (embedded && !(why instanceof ConfigException && isOfBrokers(why))) {
        throw refused(why);
      }
      warnings.add(silent(Failure.reason(why)));
    }
  }

  private Optional<String> inputs(Set<String> names) {
    return kafka
        .topicPattern()
        .map(pattern -> unmatched(pattern, names))
        .orElseGet(() -> missing(Arrays.asList(kafka.values().get("topic").split(";")), names));
  }

  // Names that are not known now may be later.
  private static boolean isOfBrokers(Throwable failure) {
    return failure.getMessage().contains("bootstrap.servers");
  }

  private UserError refused(Throwable why) {
    return new UserError(
        "--brokers %s: %s; --kafka-properties says how to get in"
            .formatted(brokers, Failure.reason(why)),
        why);
  }

  private String silent(String why) {
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
