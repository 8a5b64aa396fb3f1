package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.OutputTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Reports at the start which rights a live job lacks, apart from those on the topics that it
 * writes. Without the check, the job would fail and start again for ever. What the brokers do not
 * say is no fault.
 */
final class ReadRights {

  private final Admin admin;
  private final KafkaSettings kafka;
  private final int timeoutSeconds;
  private final List<String> missing = new ArrayList<>();

  private ReadRights(Admin admin, KafkaSettings kafka, int timeoutSeconds) {
    this.admin = admin;
    this.kafka = kafka;
    this.timeoutSeconds = timeoutSeconds;
  }

  /**
   * The rights that are missing, each with the option that names what it is on.
   *
   * @param outputs what the job writes to
   * @param names of the topics that the user may see
   */
  static List<String> missing(
      Admin admin,
      KafkaSettings kafka,
      List<OutputTopic> outputs,
      Set<String> names,
      int timeoutSeconds)
      throws InterruptedException, TimeoutException {
    ReadRights rights = new ReadRights(admin, kafka, timeoutSeconds);
    rights.topics(names);
    rights.group();
    if (outputs.stream().anyMatch(OutputTopic::isTransactional)) {
      rights.transactions();
    }
    return rights.missing;
  }

  private void topics(Set<String> names) throws InterruptedException, TimeoutException {
    String option = kafka.topicPattern().isPresent() ? "--topic-pattern" : "--topic";
    List<String> topics =
        kafka
            .topicPattern()
            .map(
                pattern ->
                    names.stream()
                        .filter(Pattern.compile(pattern).asMatchPredicate())
                        .sorted()
                        .toList())
            .orElseGet(() -> Arrays.asList(kafka.values().get("topic").split(";")));
    Map<String, KafkaFuture<TopicDescription>> described =
        admin
            .describeTopics(
                TopicCollection.ofTopicNames(topics),
                new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (String topic : topics) {
      boolean lacks =
          lacks(described.get(topic), found -> mayNotRead(found.authorizedOperations()));
      if (lacks) {
        missing.add(option + " " + topic + ": no permission to read it (right Read)");
      }
    }
  }

  // Without this right the job fails when it has made its first checkpoint.
  private void group() throws InterruptedException, TimeoutException {
    String group = kafka.values().get("group_id");
    boolean lacks =
        lacks(
            admin
                .describeConsumerGroups(
                    List.of(group),
                    new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups()
                .get(group),
            found -> mayNotRead(found.authorizedOperations()));
    if (lacks) {
      missing.add("--group-id " + group + ": no permission to commit offsets (right Read)");
    }
  }

  private void transactions() throws InterruptedException, TimeoutException {
    String prefix = kafka.values().get("transactional_id_prefix");
    String one = prefix + "-risk_events";
    if (lacks(admin.describeTransactions(List.of(one)).description(one), found -> false)) {
      missing.add(
          "--transactional-id-prefix %s: no permission to write (right Write on transactional ids that begin so)"
              .formatted(prefix));
    }
  }

  private static boolean mayNotRead(Set<AclOperation> operations) {
    return operations != null && !operations.contains(AclOperation.READ);
  }

  private <T> boolean lacks(KafkaFuture<T> described, Predicate<T> lacking)
      throws InterruptedException, TimeoutException {
    try {
      return lacking.test(described.get(timeoutSeconds, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause() instanceof AuthorizationException;
    }
  }
}
