package io.sysmonflink.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * Records that were to be read and are gone: Kafka removed them before.
 *
 * @param from the first offset that was to be read
 * @param to where the partition begins now, or the reading was to end, if that is before it
 */
record LostOffsets(TopicPartition partition, long from, long to) {

  long count() {
    return to - from;
  }

  /** What happened, in a line. */
  String message() {
    return "offsets %d to %d of topic %s, partition %d, are gone (%d): Kafka removed them before they were read"
        .formatted(from, to - 1, partition.topic(), partition.partition(), count());
  }
}
