package io.sysmonflink.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The delays of hits: from the broker's append of the event to its append of the row. */
record LiveDelays(List<Long> millis, long missing) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Reads the results that were written after a place.
   *
   * @param from where to begin, of each partition
   * @param appended when each hit was appended; each must have come out of both detections
   */
  static LiveDelays read(
      LiveBroker broker, Map<TopicPartition, Long> from, Map<String, Long> appended)
      throws IOException {
    List<Long> delays = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
      consumer.assign(from.keySet());
      from.forEach(consumer::seek);
      Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
      while (from.keySet().stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> row : consumer.poll(Duration.ofSeconds(1))) {
          Long start = row.value() == null ? null : appended.get(key(row.value()));
          if (start != null) {
            delays.add(row.timestamp() - start);
          }
        }
      }
    }
    Collections.sort(delays);
    return new LiveDelays(delays, 2L * appended.size() - delays.size());
  }

  private static String key(byte[] value) throws IOException {
    JsonNode row = MAPPER.readTree(value);
    return LiveLoad.key(
        row.required("QueryName").textValue(),
        Instant.parse(row.required("last_seen").textValue()));
  }

  /** Where the results end now. */
  static Map<TopicPartition, Long> end(LiveBroker broker) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(LiveBroker.RESULTS).stream()
              .map(p -> new TopicPartition(LiveBroker.RESULTS, p.partition()))
              .toList();
      return Map.copyOf(consumer.endOffsets(partitions));
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(LiveBroker broker) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(Map.of("bootstrap.servers", broker.address()), bytes, bytes);
  }

  /** The delay that so large a part of all does not exceed, in milliseconds. */
  long quantile(double part) {
    return millis.isEmpty()
        ? -1
        : millis.get((int) Math.min(millis.size() - 1, part * millis.size()));
  }
}
