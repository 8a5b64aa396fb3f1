package io.sysmonflink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which offsets are taken for gone, by what one poll after another gives. */
class FetchPositionsTest {

  private static final TopicPartition PARTITION = new TopicPartition("a.topic", 3);

  /**
   * Each line: the offset that the reading begins with; polls, each as offsets of messages, the
   * position behind it and the first offset of the partition then; what is reported as gone, its
   * end excluded; and the offset that is wanted next.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | 0,1,2 > 3 (0)                                | ''           | 3
          5   | 5,6 > 7 (0); 7,8 > 9 (7)                     | ''           | 9
          5   | 8,9 > 10 (0)                                 | ''           | 10
          5   | 8,12 > 13 (5)                                | ''           | 13
          5   | 8,9 > 10 (8)                                 | 5-8          | 10
          5   | 9 > 10 (8)                                   | 5-8          | 10
          5   | > 8 (5)                                      | ''           | 8
          5   | > 8 (8)                                      | 5-8          | 8
          0   | > 0 (0); 0,1 > 2 (0)                         | ''           | 2
          5   | 5,6 > 8 (5); 8 > 9 (8)                       | ''           | 9
          5   | 5,6 > 7 (5); > 8 (7); 8 > 9 (8)              | ''           | 9
          5   | 5,6 > 8 (5); 11 > 12 (8)                     | ''           | 12
          5   | 5,6 > 8 (5); 11 > 12 (11)                    | 8-11         | 12
          5   | 5,6 > 8 (5); > 8 (5); 20,21 > 25 (20); 30 > 31 (30) | 8-20 25-30 | 31
          5   | 0,1 > 2 (0); 2 > 3 (0)                       | ''           | 3
          -3  | 7,8 > 9 (7); 12 > 13 (12)                    | 9-12         | 13
          """)
  void onlyWhatLiesBelowTheFirstOffsetIsGone(long start, String polls, String gone, long wanted) {
    Read read = new Read(start, Long.MAX_VALUE);
    for (String poll : polls.split(";", -1)) {
      read.poll(poll.strip());
    }

    assertThat(read.gone).isEqualTo(gone.isEmpty() ? List.of() : List.of(gone.split(" ", -1)));
    assertThat(read.next).isEqualTo(wanted);
  }

  @Test
  void whatIsBehindTheEndIsNotMissed() {
    Read read = new Read(5, 7);
    read.poll("9 > 10 (9)");
    assertThat(read.gone).containsExactly("5-7");
  }

  @Test
  void messagesThatFollowEachOtherAreHandedOnAsTheyAre() {
    Read read = new Read(0, Long.MAX_VALUE);
    read.poll("0,1 > 2 (0)");
    assertThat(read.poll("2,3 > 4 (0)")).isTrue();
    assertThat(read.poll("4,6 > 7 (0)")).as("a gap within a fetch").isTrue();
    assertThat(read.poll("8 > 9 (0)")).isFalse();
  }

  @Test
  void aMessageThatNobodyHasSeenIsAnError() {
    PartitionReading reading = new PartitionReading(PARTITION);
    reading.begin(0, Long.MAX_VALUE);
    assertThatThrownBy(() -> reading.next(message(0)))
        .hasMessageContaining("io.sysmonflink.kafka.FetchPositions has not seen");
  }

  @Test
  void withoutItsReporterItCannotBeMade() {
    new LogStartOffsets().configure(Map.of());
    new FetchPositions().configure(Map.of());
    assertThatThrownBy(() -> new FetchPositions().configure(Map.of()))
        .hasMessageContaining("io.sysmonflink.kafka.LogStartOffsets");
  }

  private static ConsumerRecord<byte[], byte[]> message(long offset) {
    return new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, null, null);
  }

  /** A partition, its consumer's metrics and its reader. */
  private static final class Read {

    private final LogStartOffsets reporter = new LogStartOffsets();
    private final FetchPositions positions = new FetchPositions();
    private final PartitionReading reading = new PartitionReading(PARTITION);
    private final Sensor lead;
    private final List<String> gone = new ArrayList<>();
    private long next;

    Read(long start, long end) {
      reporter.configure(Map.of());
      positions.configure(Map.of());
      Metrics metrics = new Metrics(new MetricConfig(), List.of(reporter), Time.SYSTEM);
      lead = metrics.sensor("lead");
      MetricName name =
          metrics.metricName(
              "records-lead",
              "consumer-fetch-manager-metrics",
              Map.of("topic", PARTITION.topic(), "partition", "" + PARTITION.partition()));
      lead.add(name, new Value());
      reading.begin(start, end);
      next = start;
    }

    /** Tells whether the messages are handed on untouched. */
    boolean poll(String poll) {
      String[] parts = poll.split("[>()]", -1);
      long position = Long.parseLong(parts[1].strip());
      lead.record((double) (position - Long.parseLong(parts[2].strip())));
      List<ConsumerRecord<byte[], byte[]>> messages =
          Arrays.stream(parts[0].strip().split(",", -1))
              .filter(offset -> !offset.isEmpty())
              .map(offset -> message(Long.parseLong(offset)))
              .toList();
      ConsumerRecords<byte[], byte[]> polled =
          new ConsumerRecords<>(
              messages.isEmpty() ? Map.of() : Map.of(PARTITION, messages),
              Map.of(PARTITION, new OffsetAndMetadata(position)));
      ConsumerRecords<byte[], byte[]> marked = positions.onConsume(polled);
      for (ConsumerRecord<byte[], byte[]> message : marked) {
        reading.next(message).ifPresent(lost -> gone.add(lost.from() + "-" + lost.to()));
        next = message.offset() + 1;
      }
      return marked == polled;
    }
  }
}
