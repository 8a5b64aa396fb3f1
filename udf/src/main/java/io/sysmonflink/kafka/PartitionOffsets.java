package io.sysmonflink.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where partitions begin and end, as their brokers say it. */
public final class PartitionOffsets implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PartitionOffsets.class);

  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private final Admin admin;

  /**
   * Makes a client.
   *
   * @param client properties of Kafka's client, those of a consumer too
   */
  public PartitionOffsets(Properties client) {
    Properties properties = new Properties();
    client
        .stringPropertyNames()
        .forEach(name -> properties.setProperty(name, client.getProperty(name)));
    // They are the consumer's, which go by these names.
    properties.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
    properties.remove(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG);
    properties.remove(ConsumerConfig.CLIENT_ID_CONFIG);
    admin = Admin.create(properties);
  }

  /**
   * Where a reader of committed records comes to an end now, by partition, and what it then has
   * left out: the offsets from the first transaction on that is still open.
   */
  public record Ends(Map<TopicPartition, Long> stable, Map<TopicPartition, Long> open) {}

  Admin admin() {
    return admin;
  }

  /** The first offset of each partition that there is. */
  Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /** The ends of a topic's partitions, empty ones too. */
  public Ends ends(String topic) {
    TopicDescription described =
        await(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)::get);
    return ends(
        described.partitions().stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList());
  }

  /** The ends of these partitions. */
  Ends ends(Collection<TopicPartition> partitions) {
    // In this order: a transaction that ends in between makes what is open less, never more.
    Map<TopicPartition, Long> all =
        offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    Map<TopicPartition, Long> stable =
        offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> open = new TreeMap<>(ORDER);
    stable.forEach(
        (partition, end) -> {
          long more = all.getOrDefault(partition, end) - end;
          if (more > 0) {
            open.put(partition, more);
          }
        });
    return new Ends(stable, open);
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> asked =
        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
    ListOffsetsResult listed = admin.listOffsets(asked, new ListOffsetsOptions(isolation));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : asked.keySet()) {
      try {
        offsets.put(partition, await(listed.partitionResult(partition)::get).offset());
      } catch (UnknownTopicOrPartitionException e) {
        LOG.warn("{} is gone, or not yet there", partition); // whoever reads it says so
      }
    }
    return offsets;
  }

  private interface Answer<T> {
    T get() throws InterruptedException, ExecutionException;
  }

  /** What the brokers answer; they have as long as the client's own limits give them. */
  private static <T> T await(Answer<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkRuntimeException("interrupted while Kafka was asked", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new FlinkRuntimeException(e.getCause());
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
