package io.sysmonflink.kafka;

import java.util.Optional;
import org.apache.flink.table.data.StringData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** How far a partition is read. */
final class PartitionReading {

  /** In place of an offset. */
  private static final long NONE = -1;

  private final TopicPartition partition;

  /** What its rows name as their source. */
  final StringData source;

  /** The offset of the next message, or {@link #NONE} where any offset will do. */
  private long wanted = NONE;

  private long end = Long.MAX_VALUE;
  private boolean fetched;

  PartitionReading(TopicPartition partition) {
    this.partition = partition;
    this.source = StringData.fromString(partition.topic() + "/" + partition.partition());
  }

  /**
   * Sets where the reading begins, and before which offset it ends.
   *
   * @param start below zero where any offset will do
   */
  void begin(long start, long end) {
    this.wanted = start < 0 ? NONE : start;
    this.end = end;
    this.fetched = false;
  }

  /**
   * Takes the next message.
   *
   * @return what was removed before it was read
   * @throws IllegalStateException if {@link FetchPositions} has not seen it
   */
  Optional<LostOffsets> next(ConsumerRecord<byte[], byte[]> message) {
    long before = wanted;
    wanted = message.offset() + 1;
    if (message instanceof FetchedRecord record) {
      fetched = true;
      return lost(before, record.logStart());
    }
    if (!fetched) {
      throw new IllegalStateException(
          "a message that %s has not seen; is the jar there twice, with the job and in lib/?"
              .formatted(FetchPositions.class.getName()));
    }
    return Optional.empty();
  }

  /** What is gone, where an offset was wanted and the partition began at another. */
  Optional<LostOffsets> lost(long from, long logStart) {
    long to = Math.min(logStart, end);
    return from >= 0 && to > from
        ? Optional.of(new LostOffsets(partition, from, to))
        : Optional.empty();
  }
}
