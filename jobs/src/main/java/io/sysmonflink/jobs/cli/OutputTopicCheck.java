package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.OutputTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Says at the start what is wrong with the topics that a job writes to: an error where it cannot
 * work, a warning where it can and should not. What the brokers do not say is no fault.
 */
final class OutputTopicCheck {

  private static final Duration LEAST_RETENTION = Duration.ofDays(14);

  /** What each table's topic is named with. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "detection_results", "--results-topic",
          "risk_events", "--risk-topic",
          "dead_letter", "--dead-letter-topic");

  private final Admin admin;
  private final KafkaSettings kafka;
  private final int timeoutSeconds;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final Map<String, Integer> maxMessageBytes = new HashMap<>();
  private Optional<Config> broker;

  /**
   * Takes what it asks.
   *
   * @param kafka says what is read
   */
  OutputTopicCheck(Admin admin, KafkaSettings kafka, int timeoutSeconds) {
    this.admin = admin;
    this.kafka = kafka;
    this.timeoutSeconds = timeoutSeconds;
  }

  /** Warnings about topics that can be written to. */
  List<String> warnings() {
    return warnings;
  }

  /** Why the job cannot work. */
  List<String> errors() {
    return errors;
  }

  /** How large a message each of them takes, where that could be read. */
  Map<String, Integer> maxMessageBytes() {
    return maxMessageBytes;
  }

  /** Looks at them. */
  void run(List<OutputTopic> outputs)
      throws InterruptedException, ExecutionException, TimeoutException {
    outputs.forEach(this::checkNotRead);
    outputs.stream()
        .filter(output -> !output.isBounded())
        .forEach(
            output ->
                warn(
                    output,
                    "its SQL file does not say 'key.format' and 'value.format' = 'bounded-json': what is"
                        + " too large for a message stops the job"));
    checkApart(outputs);
    Map<String, OutputTopic> byName = new LinkedHashMap<>();
    outputs.forEach(output -> byName.put(output.topic(), output));
    Map<String, KafkaFuture<TopicDescription>> described =
        admin
            .describeTopics(
                TopicCollection.ofTopicNames(byName.keySet()),
                new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    List<OutputTopic> there = new ArrayList<>();
    for (OutputTopic output : outputs) {
      try {
        if (canBeWritten(output, get(described.get(output.topic())))) {
          there.add(output);
        }
      } catch (ExecutionException e) {
        notDescribed(output, e);
      }
    }
    for (OutputTopic output : there) {
      Optional<Config> config =
          config(new ConfigResource(ConfigResource.Type.TOPIC, output.topic()));
      config.ifPresentOrElse(
          found -> checkConfig(output, found),
          () ->
              warn(
                  output,
                  "its settings cannot be read (right DescribeConfigs): the job relies"
                      + " on the brokers' default of max.message.bytes"));
    }
    for (OutputTopic output : outputs) {
      if (output.isTransactional()) {
        checkTransactions(output);
        break; // all have the same brokers
      }
    }
  }

  // Each row or dead letter would be read as an event, become a dead letter, and be read again.
  private void checkNotRead(OutputTopic output) {
    Optional<String> pattern = kafka.topicPattern().filter(p -> Pattern.matches(p, output.topic()));
    if (pattern.isPresent()) {
      fail(
          output,
          "--topic-pattern " + pattern.get() + " matches it: the job would read what it writes");
    } else if (kafka.topicPattern().isEmpty()
        && Arrays.asList(kafka.values().get("topic").split(";")).contains(output.topic())) {
      fail(output, "--topic names it too: the job would read what it writes");
    }
  }

  private void checkApart(List<OutputTopic> outputs) {
    Map<String, String> tables = new HashMap<>();
    for (OutputTopic output : outputs) {
      String other = tables.putIfAbsent(output.topic(), output.table());
      if (other != null && !other.equals(output.table())) {
        warn(output, "%s goes there too: its readers get messages of two kinds".formatted(other));
      }
    }
  }

  private boolean canBeWritten(OutputTopic output, TopicDescription topic) {
    if (topic.authorizedOperations() != null
        && !topic.authorizedOperations().contains(AclOperation.WRITE)) {
      fail(output, "no permission to write to it (right Write)");
      return false;
    }
    String leaderless =
        topic.partitions().stream()
            .filter(partition -> partition.leader() == null || partition.leader().isEmpty())
            .map(TopicPartitionInfo::partition)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    if (!leaderless.isEmpty()) {
      warn(output, "partition %s has no broker now: the job waits for one".formatted(leaderless));
    }
    return true;
  }

  private void notDescribed(OutputTopic output, ExecutionException e)
      throws ExecutionException, InterruptedException, TimeoutException {
    if (e.getCause() instanceof AuthorizationException) {
      fail(output, "no permission to write to it (right Write)");
    } else if (e.getCause() instanceof UnknownTopicOrPartitionException) {
      if (broker()
          .map(found -> "false".equals(value(found, "auto.create.topics.enable")))
          .orElse(false)) {
        fail(
            output,
            "there is no such topic, and the brokers make none (auto.create.topics.enable)");
      } else {
        warn(output, "there is no such topic: the brokers may make it, with settings of their own");
      }
    } else {
      throw e;
    }
  }

  private void checkConfig(OutputTopic output, Config config) {
    String cleanup = String.valueOf(value(config, "cleanup.policy"));
    List<String> policies = Arrays.asList(cleanup.split("\\s*,\\s*"));
    if (policies.contains("compact") && !output.isKeyed()) {
      fail(
          output,
          "cleanup.policy is %s: the brokers refuse its messages, which have no key; set it to delete"
              .formatted(cleanup));
    }
    if (!policies.contains("compact") && output.isUpsert()) {
      warn(
          output,
          "cleanup.policy is %s: each change of a row stays, and the last goes when it is old; set it to compact,delete"
              .formatted(cleanup));
    }
    number(config, "retention.ms")
        .filter(retention -> policies.contains("delete") && retention >= 0)
        .filter(retention -> retention < LEAST_RETENTION.toMillis())
        .ifPresent(
            retention ->
                warn(
                    output,
                    "retention.ms is %s: what is older than %s is lost; a search looks back 14 days"
                        .formatted(retention, days(retention))));
    number(config, "max.message.bytes").ifPresent(max -> checkSize(output, max));
  }

  private void checkSize(OutputTopic output, long max) {
    if (max < OutputTopic.LEAST_MAX_MESSAGE_BYTES) {
      fail(
          output,
          "max.message.bytes is %s: must be %s or more"
              .formatted(max, OutputTopic.LEAST_MAX_MESSAGE_BYTES));
    }
    maxMessageBytes.put(output.topic(), (int) Math.min(max, Integer.MAX_VALUE));
  }

  private void checkTransactions(OutputTopic output)
      throws InterruptedException, ExecutionException, TimeoutException {
    Optional<Long> most = broker().flatMap(found -> number(found, "transaction.max.timeout.ms"));
    Optional<Long> asked = output.transactionTimeoutMillis();
    if (most.isPresent() && asked.isPresent() && asked.get() > most.get()) {
      errors.add(
          "--delivery exactly-once: the brokers allow transactions of %s ms (transaction.max.timeout.ms), and the job asks for %s"
              .formatted(most.get(), asked.get()));
    }
  }

  private Optional<Config> broker()
      throws InterruptedException, ExecutionException, TimeoutException {
    if (broker == null) {
      Optional<Node> node = get(admin.describeCluster().nodes()).stream().findFirst();
      broker =
          node.isEmpty()
              ? Optional.empty()
              : config(new ConfigResource(ConfigResource.Type.BROKER, node.get().idString()));
    }
    return broker;
  }

  /** Nothing where the right to is missing. */
  private Optional<Config> config(ConfigResource resource)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return Optional.of(get(admin.describeConfigs(List.of(resource)).values().get(resource)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> T get(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(timeoutSeconds, TimeUnit.SECONDS);
  }

  private static String value(Config config, String name) {
    return config.get(name) == null ? null : config.get(name).value();
  }

  private static Optional<Long> number(Config config, String name) {
    return Optional.ofNullable(value(config, name)).map(Long::valueOf);
  }

  private static String days(long millis) {
    Duration duration = Duration.ofMillis(millis);
    return duration.toDays() >= 2 ? duration.toDays() + " days" : duration.toHours() + " hours";
  }

  private void warn(OutputTopic output, String what) {
    warnings.add(line(output, what));
  }

  private void fail(OutputTopic output, String what) {
    errors.add(line(output, what));
  }

  private static String line(OutputTopic output, String what) {
    return "%s %s: %s"
        .formatted(OPTIONS.getOrDefault(output.table(), output.table()), output.topic(), what);
  }
}
