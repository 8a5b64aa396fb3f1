package io.sysmonflink.kafka;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics of a pattern, one at least: a bounded scan looks for topics once, and Flink's source
 * would wait for ever where it finds none.
 */
final class SomeTopics implements KafkaSubscriber {

  private static final long serialVersionUID = 1L;

  private final Pattern pattern;
  private final KafkaSubscriber all;

  SomeTopics(Pattern pattern) {
    this.pattern = pattern;
    this.all = KafkaSubscriber.getTopicPatternSubscriber(pattern);
  }

  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    Set<TopicPartition> partitions = all.getSubscribedTopicPartitions(admin);
    if (partitions.isEmpty()) {
      throw new FlinkRuntimeException(
          "option 'topic-pattern': there is no topic whose name matches " + pattern);
    }
    return partitions;
  }
}
