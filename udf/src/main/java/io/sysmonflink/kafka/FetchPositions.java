package io.sysmonflink.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Shows the reader what a consumer knows and its messages do not say: from where to where each poll
 * went, and where the partition began then.
 *
 * <p>Offsets need not follow each other: compaction leaves gaps, and transactions end in records
 * that nobody is given. So a message behind a gap, and the first of a partition, says where the
 * partition began at its fetch: a position below that was out of range, and the consumer left it.
 * Where a poll ends behind its last message, a mark stands for what is in between, so that the
 * position is the reader's too, and is in its checkpoints.
 *
 * <p>Made by Kafka's client, by its name.
 */
public final class FetchPositions implements ConsumerInterceptor<byte[], byte[]> {

  /** Behind what was polled last. */
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  private LogStartOffsets logStarts;

  @Override
  public void configure(Map<String, ?> properties) {
    logStarts = LogStartOffsets.ofThisThread();
    if (logStarts == null) {
      throw new IllegalStateException(
          "%s goes with %s".formatted(getClass().getName(), LogStartOffsets.class.getName()));
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> polled) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> marked = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> end : polled.nextOffsets().entrySet()) {
      TopicPartition partition = end.getKey();
      long next = end.getValue().offset();
      List<ConsumerRecord<byte[], byte[]>> messages = polled.records(partition);
      if (messages.isEmpty() && next == 0) {
        continue; // nothing was ever there
      }
      Long position = positions.put(partition, next);
      boolean follow =
          position != null && position == (messages.isEmpty() ? next : messages.get(0).offset());
      boolean reach =
          messages.isEmpty() ? follow : messages.get(messages.size() - 1).offset() + 1 == next;
      if (!follow || !reach) {
        marked.put(partition, marked(partition, messages, follow, reach, next));
      }
    }
    if (marked.isEmpty()) {
      return polled;
    }
    polled.partitions().forEach(p -> marked.putIfAbsent(p, polled.records(p)));
    return new ConsumerRecords<>(marked, polled.nextOffsets());
  }

  private List<ConsumerRecord<byte[], byte[]>> marked(
      TopicPartition partition,
      List<ConsumerRecord<byte[], byte[]>> messages,
      boolean follow,
      boolean reach,
      long next) {
    long logStart = logStarts.of(partition, next);
    List<ConsumerRecord<byte[], byte[]>> marked = new ArrayList<>(messages);
    if (!follow && !marked.isEmpty()) {
      marked.set(0, FetchedRecord.of(marked.get(0), logStart));
    }
    if (!reach) {
      marked.add(FetchedRecord.mark(partition, next, logStart));
    }
    return marked;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
