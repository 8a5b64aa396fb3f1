package io.sysmonflink.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks, before it reads a partition, whether the offset that it is to begin with is still there:
 * at a fresh start, and when it goes on from a checkpoint. If not, it begins with the earliest that
 * there is, and tells what is gone. What goes while it reads is {@link MessageSchema}'s to tell.
 */
final class GapReader extends ForwardingReader {

  private final MessageSchema schema;
  private final Properties client;

  /** What is to be told; not yet in any checkpoint. */
  private final List<LostOffsets> untold = new ArrayList<>();

  /**
   * @param schema what the reader reads with
   */
  GapReader(
      SourceReader<RowData, KafkaPartitionSplit> reader, MessageSchema schema, Properties client) {
    super(reader);
    this.schema = schema;
    this.client = client;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    Map<TopicPartition, Long> wanted = new HashMap<>();
    for (KafkaPartitionSplit split : splits) {
      if (start(split) >= 0) {
        wanted.put(split.getTopicPartition(), start(split));
      }
    }
    Map<TopicPartition, Long> beginnings = beginnings(wanted);
    List<KafkaPartitionSplit> there = new ArrayList<>();
    for (KafkaPartitionSplit split : splits) {
      TopicPartition partition = split.getTopicPartition();
      long start = Math.max(start(split), beginnings.getOrDefault(partition, Long.MIN_VALUE));
      long end = split.getStoppingOffset().filter(offset -> offset >= 0).orElse(Long.MAX_VALUE);
      PartitionReading reading = schema.reading(partition);
      reading.begin(start, end);
      reading.lost(start(split), start).ifPresent(untold::add);
      there.add(
          new KafkaPartitionSplit(
              partition,
              start,
              split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET)));
    }
    super.addSplits(there);
  }

  // A partition that was not there at the start is to be read from the first that was ever in it.
  private static long start(KafkaPartitionSplit split) {
    long start = split.getStartingOffset();
    return start == KafkaPartitionSplit.EARLIEST_OFFSET ? 0 : start;
  }

  private Map<TopicPartition, Long> beginnings(Map<TopicPartition, Long> wanted) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    try (PartitionOffsets offsets = new PartitionOffsets(client)) {
      return offsets.beginnings(wanted.keySet());
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RowData> output) throws Exception {
    untold.forEach(lost -> schema.tell(lost, output::collect));
    untold.clear();
    return super.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return untold.isEmpty() ? super.isAvailable() : CompletableFuture.completedFuture(null);
  }

  // Who goes on from a checkpoint in which a gap was not told is to tell it.
  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    List<KafkaPartitionSplit> splits = super.snapshotState(checkpointId);
    if (untold.isEmpty()) {
      return splits;
    }
    Map<TopicPartition, Long> from = new HashMap<>();
    untold.forEach(lost -> from.put(lost.partition(), lost.from()));
    return splits.stream()
        .map(
            split ->
                new KafkaPartitionSplit(
                    split.getTopicPartition(),
                    from.getOrDefault(split.getTopicPartition(), split.getStartingOffset()),
                    split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET)))
        .toList();
  }
}
