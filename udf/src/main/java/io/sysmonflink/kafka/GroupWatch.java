package io.sysmonflink.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that somebody else commits offsets under the group of this job: mostly a second live job,
 * started by mistake. With each checkpoint a reader commits the offsets of its own partitions; so
 * whatever stands there next was committed by it, or has stood there before, or is another's.
 *
 * <p>The first look is at the first checkpoint that completes: what earlier runs of the job had
 * committed, up to their end, is there by then, and a job that goes on from a savepoint takes it as
 * it is.
 */
final class GroupWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupWatch.class);

  /** How many commits may go missing in a row before an old one is taken for another's. */
  private static final int REMEMBERED = 1000;

  private final PartitionOffsets offsets;
  private final String group;
  private final Counter otherCommits;

  /** What checkpoints hold that are not complete. */
  private final TreeMap<Long, Map<TopicPartition, Long>> snapshots = new TreeMap<>();

  private final Map<TopicPartition, Deque<Long>> committed = new HashMap<>();
  private final Map<TopicPartition, Long> seen = new HashMap<>();
  private KafkaFuture<?> looking;
  private boolean reported;

  /**
   * @param offsets a client of its own, to be closed with it
   * @param otherCommits counts how often another's was seen
   */
  GroupWatch(PartitionOffsets offsets, String group, Counter otherCommits) {
    this.offsets = offsets;
    this.group = group;
    this.otherCommits = otherCommits;
  }

  /** Takes what a checkpoint holds. */
  synchronized void snapshot(long checkpoint, List<KafkaPartitionSplit> splits) {
    Map<TopicPartition, Long> next = new HashMap<>();
    splits.forEach(split -> next.put(split.getTopicPartition(), split.getStartingOffset()));
    snapshots.put(checkpoint, next);
  }

  /** Call this when a checkpoint is complete, before the commit that follows from it. */
  synchronized void complete(long checkpoint) {
    Map<TopicPartition, Long> next = snapshots.remove(checkpoint);
    snapshots.headMap(checkpoint).clear();
    if (next == null || next.isEmpty()) {
      return;
    }
    look(next.keySet());
    next.forEach(
        (partition, offset) -> {
          Deque<Long> own = committed.computeIfAbsent(partition, p -> new ArrayDeque<>());
          own.addLast(offset);
          if (own.size() > REMEMBERED) {
            own.removeFirst();
          }
        });
  }

  // It is answered by a thread of Kafka's; who may not ask does without.
  private void look(Collection<TopicPartition> partitions) {
    if (looking != null && !looking.isDone()) {
      return;
    }
    looking =
        offsets
            .admin()
            .listConsumerGroupOffsets(
                Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
            .partitionsToOffsetAndMetadata(group)
            .whenComplete(
                (found, failure) -> {
                  if (failure != null) {
                    LOG.info("the offsets of group {} cannot be looked at", group, failure);
                  } else {
                    found.forEach(this::found);
                  }
                });
  }

  private synchronized void found(TopicPartition partition, OffsetAndMetadata there) {
    if (there == null) {
      return;
    }
    Long before = seen.put(partition, there.offset());
    if (before == null || before == there.offset()) {
      return;
    }
    Deque<Long> own = committed.getOrDefault(partition, new ArrayDeque<>());
    if (own.contains(there.offset())) {
      while (own.getFirst() != there.offset()) {
        own.removeFirst();
      }
      return;
    }
    otherCommits.inc();
    if (!reported) {
      reported = true;
      Notice.say(
          ("another job commits offsets under the group %s (topic %s, partition %d: %d): if it is a second live job,"
                  + " stop one, or give it another --group-id")
              .formatted(group, partition.topic(), partition.partition(), there.offset()));
    }
  }

  @Override
  public void close() {
    offsets.close();
  }
}
