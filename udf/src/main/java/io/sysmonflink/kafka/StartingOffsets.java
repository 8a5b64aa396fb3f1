package io.sysmonflink.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where each partition begins, always as an offset, so that a reader knows which offset it wants.
 * Where that one is gone, reading goes on at the earliest that there is, wherever the start was: no
 * other way loses as little.
 */
@SuppressWarnings("deprecation") // OffsetResetStrategy is what Flink's connector takes
final class StartingOffsets implements OffsetsInitializer {

  private static final long serialVersionUID = 1L;

  private final OffsetsInitializer start;

  private StartingOffsets(OffsetsInitializer start) {
    this.start = start;
  }

  /** The first offset that there is. */
  static OffsetsInitializer earliest() {
    return new StartingOffsets(new Earliest());
  }

  /**
   * What a group has committed.
   *
   * @param otherwise where it has not
   */
  static OffsetsInitializer committed(String group, OffsetResetStrategy otherwise) {
    return new StartingOffsets(new Committed(group, otherwise));
  }

  /** What one of Flink's own gives that gives offsets only. */
  static OffsetsInitializer of(OffsetsInitializer start) {
    return new StartingOffsets(start);
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
    return start.getPartitionOffsets(partitions, broker);
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }

  private record Earliest() implements OffsetsInitializer {

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
      return broker.beginningOffsets(partitions);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
      return OffsetResetStrategy.EARLIEST;
    }
  }

  private record Committed(String group, OffsetResetStrategy otherwise)
      implements OffsetsInitializer {

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
      Map<TopicPartition, Long> offsets = new HashMap<>(broker.committedOffsets(partitions));
      Set<TopicPartition> others =
          partitions.stream().filter(p -> !offsets.containsKey(p)).collect(Collectors.toSet());
      if (!others.isEmpty()) {
        offsets.putAll(
            switch (otherwise) {
              case EARLIEST -> broker.beginningOffsets(others);
              case LATEST -> broker.endOffsets(others);
              case NONE ->
                  throw new FlinkRuntimeException(
                      ("group %s has committed no offset of %s; 'properties.auto.offset.reset' says where to"
                              + " start then")
                          .formatted(
                              group,
                              others.stream()
                                  .map(TopicPartition::toString)
                                  .collect(Collectors.toCollection(TreeSet::new))));
            });
      }
      return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
      return OffsetResetStrategy.EARLIEST;
    }
  }
}
