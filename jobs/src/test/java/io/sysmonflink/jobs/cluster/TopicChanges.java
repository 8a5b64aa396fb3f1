package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What happens to topics behind the back of whoever reads them. */
final class TopicChanges implements AutoCloseable {

  private final KafkaBroker broker;
  private final Admin admin;

  TopicChanges(KafkaBroker broker) {
    this.broker = broker;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
  }

  /** Sends messages to a partition, each of which is no event. */
  void send(String topic, int partition, int count) {
    broker.send(messages(topic, partition, count));
  }

  /** Sends messages that are replaced, within seconds, by the last of each key. */
  void sendToCompact(String topic, String name, int keys, int count) {
    broker.send(
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new ProducerRecord<byte[], byte[]>(
                        topic, 0, (name + i % keys).getBytes(UTF_8), "noise".getBytes(UTF_8)))
            .toList());
  }

  /** Creates a topic that is compacted as fast as can be. */
  void createTopicToCompact(String topic) throws ExecutionException, InterruptedException {
    Map<String, String> config =
        Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "100",
            "min.cleanable.dirty.ratio", "0.01");
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(config))).all().get();
  }

  private static List<ProducerRecord<byte[], byte[]>> messages(
      String topic, int partition, int count) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(new ProducerRecord<>(topic, partition, null, "noise".getBytes(UTF_8)));
    }
    return messages;
  }

  /** Begins a transaction, which stays open until something is done about it. */
  KafkaProducer<byte[], byte[]> begin(String id) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            broker.address(),
            "transactional.id",
            id,
            "transaction.timeout.ms",
            900_000);
    ByteArraySerializer bytes = new ByteArraySerializer();
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes);
    producer.initTransactions();
    producer.beginTransaction();
    return producer;
  }

  /** The same with messages in it, which the broker has. */
  KafkaProducer<byte[], byte[]> begin(String id, String topic, int partition, int count)
      throws ExecutionException, InterruptedException {
    KafkaProducer<byte[], byte[]> producer = begin(id);
    send(producer, messages(topic, partition, count));
    return producer;
  }

  /** Sends messages within a transaction, and waits until the broker has them. */
  static void send(
      KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> messages)
      throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> sent = messages.stream().map(producer::send).toList();
    producer.flush();
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
  }

  /** Removes all before an offset, as retention does. */
  void deleteBefore(String topic, int partition, long offset)
      throws ExecutionException, InterruptedException {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
        .all()
        .get();
  }

  /** The offset of the next message of a partition. */
  long end(String topic, int partition) throws ExecutionException, InterruptedException {
    TopicPartition one = new TopicPartition(topic, partition);
    return admin.listOffsets(Map.of(one, OffsetSpec.latest())).partitionResult(one).get().offset();
  }

  void addPartitions(String topic, int total) throws ExecutionException, InterruptedException {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all().get();
  }

  void commit(String group, String topic, int partition, long offset)
      throws ExecutionException, InterruptedException {
    admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  /** What a group has committed, or null. */
  Long committed(String group, String topic, int partition)
      throws ExecutionException, InterruptedException {
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(topic, partition));
    return offset == null ? null : offset.offset();
  }

  @Override
  public void close() {
    admin.close();
  }
}
