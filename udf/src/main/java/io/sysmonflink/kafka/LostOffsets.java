package io.sysmonflink.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * Messages that Kafka removed before they were read.
 *
 * @param from the first offset that is gone
 * @param to where the partition begins now, or where the reading ends if that comes first
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
