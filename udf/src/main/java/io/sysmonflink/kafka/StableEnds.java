package io.sysmonflink.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a scan of committed records ends: no later than before the first transaction that is open
 * now. Behind it such a reader is given nothing until that has ended, and Flink's own ends lie
 * there.
 */
@SuppressWarnings("deprecation") // OffsetResetStrategy is what Flink's connector takes
final class StableEnds implements OffsetsInitializer {

  private static final long serialVersionUID = 1L;

  private final Properties client;

  private final OffsetsInitializer earlier;

  /**
   * @param earlier where the scan ends, if before that; it gives offsets only
   */
  StableEnds(Properties client, OffsetsInitializer earlier) {
    this.client = client;
    this.earlier = earlier;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    try (PartitionOffsets offsets = new PartitionOffsets(client)) {
      PartitionOffsets.Ends ends = offsets.ends(partitions);
      Map<TopicPartition, Long> stops = new HashMap<>(ends.stable());
      earlier
          .getPartitionOffsets(partitions, broker)
          .forEach((partition, end) -> stops.merge(partition, end, Math::min));
      // Who ends before the transaction does not miss it.
      ends.open().keySet().removeIf(open -> stops.get(open) < ends.stable().get(open));
      new OpenTransactions(offsets).describe(ends).forEach(Notice::say);
      return stops;
    }
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
