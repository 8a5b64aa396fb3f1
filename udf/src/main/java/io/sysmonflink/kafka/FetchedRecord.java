package io.sysmonflink.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A message, or a mark in place of one, that knows where its partition began when it was fetched.
 * Its class marks it and not a header, since any sender of messages can write headers.
 */
final class FetchedRecord extends ConsumerRecord<byte[], byte[]> {

  /** In place of {@link #logStart}, where Kafka's client does not say it. */
  static final long UNKNOWN = -1;

  private final long logStart;
  private final boolean mark;

  private FetchedRecord(ConsumerRecord<byte[], byte[]> message, long logStart, boolean mark) {
    super(
        message.topic(),
        message.partition(),
        message.offset(),
        message.timestamp(),
        message.timestampType(),
        message.serializedKeySize(),
        message.serializedValueSize(),
        message.key(),
        message.value(),
        message.headers(),
        message.leaderEpoch());
    this.logStart = logStart;
    this.mark = mark;
  }

  static FetchedRecord of(ConsumerRecord<byte[], byte[]> message, long logStart) {
    return new FetchedRecord(message, logStart, false);
  }

  /**
   * Says that all before an offset is read, though there is no message just before it.
   *
   * @param next that offset, above zero
   */
  static FetchedRecord mark(TopicPartition partition, long next, long logStart) {
    return new FetchedRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            next - 1,
            ConsumerRecord.NO_TIMESTAMP,
            TimestampType.NO_TIMESTAMP_TYPE,
            ConsumerRecord.NULL_SIZE,
            ConsumerRecord.NULL_SIZE,
            null,
            null,
            new RecordHeaders(),
            Optional.empty()),
        logStart,
        true);
  }

  /** The partition's first offset when this was fetched, or {@link #UNKNOWN}. */
  long logStart() {
    return logStart;
  }

  /** Whether there is no message. */
  boolean isMark() {
    return mark;
  }
}
