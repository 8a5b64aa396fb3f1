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
 * Checks, before it reads a partition, that the first offset is still there: at a fresh start, and
 * when it goes on from a checkpoint. If it is gone, the reader begins with the earliest offset that
 * there is, and reports what is gone. {@link MessageSchema} reports what Kafka removes later.
 */
final class GapReader extends ForwardingReader {

  private final MessageSchema schema;
  private final Properties client;

  /** Gaps that are found and not yet reported; no checkpoint holds them. */
  private final List<LostOffsets> unreported = new ArrayList<>();

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
      reading.lost(start(split), start).ifPresent(unreported::add);
      there.add(
          new KafkaPartitionSplit(
              partition,
              start,
              split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET)));
    }
    super.addSplits(there);
  }

  // A partition that was added after the start is read from its first offset ever.
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
    unreported.forEach(lost -> schema.report(lost, output::collect));
    unreported.clear();
    return super.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return unreported.isEmpty() ? super.isAvailable() : CompletableFuture.completedFuture(null);
  }

  // A job that goes on from a checkpoint must report the gaps that were not reported before it.
  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    List<KafkaPartitionSplit> splits = super.snapshotState(checkpointId);
    if (unreported.isEmpty()) {
      return splits;
    }
    Map<TopicPartition, Long> from = new HashMap<>();
    unreported.forEach(lost -> from.put(lost.partition(), lost.from()));
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
