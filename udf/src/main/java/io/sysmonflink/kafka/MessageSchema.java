package io.sysmonflink.kafka;

import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.MessageDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads messages of Kafka to rows. Their {@code source} is {@code TOPIC/PARTITION}, their {@code
 * position} the offset of the message, which all records in it share. Where messages are gone
 * before they are read, a dead letter, the metric {@code lostOffsets} of the group {@code sysmon}
 * and a line on standard error say so.
 */
final class MessageSchema implements KafkaRecordDeserializationSchema<RowData> {

  private static final long serialVersionUID = 1L;

  /** What counts the messages of all topics. */
  private static final String ALL_TOPICS = "";

  private final DecodingSettings settings;
  private final TypeInformation<RowData> type;
  private final boolean tallies;

  private transient MessageDecoder decoder;

  private transient Counter lostOffsets;

  /** By topic and partition. */
  private transient Map<String, Map<Integer, PartitionReading>> readings;

  /**
   * @param tallies whether each topic is counted by itself
   */
  MessageSchema(DecodingSettings settings, TypeInformation<RowData> type, boolean tallies) {
    this.settings = settings;
    this.type = type;
    this.tallies = tallies;
  }

  boolean hasTallies() {
    return tallies;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new MessageDecoder(settings, context.getMetricGroup(), System::currentTimeMillis);
    lostOffsets = context.getMetricGroup().addGroup("sysmon").counter("lostOffsets");
    readings = new HashMap<>();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<RowData> out) {
    PartitionReading reading = reading(message.topic(), message.partition());
    reading.next(message).ifPresent(lost -> report(lost, out::collect));
    if (message instanceof FetchedRecord fetched && fetched.isMark()) {
      return;
    }
    decoder.decode(
        counted(message.topic()), message.value(), reading.source, message.offset(), out::collect);
  }

  private String counted(String topic) {
    return tallies ? topic : ALL_TOPICS;
  }

  /** How far a partition is read. */
  PartitionReading reading(TopicPartition partition) {
    return reading(partition.topic(), partition.partition());
  }

  private PartitionReading reading(String topic, int partition) {
    return readings
        .computeIfAbsent(topic, name -> new HashMap<>())
        .computeIfAbsent(
            partition, number -> new PartitionReading(new TopicPartition(topic, number)));
  }

  /** Reports messages that are gone. */
  void report(LostOffsets lost, Consumer<RowData> target) {
    lostOffsets.inc(lost.count());
    Notice.say(lost.message());
    decoder.offsetsLost(
        counted(lost.partition().topic()),
        reading(lost.partition()).source,
        lost.from(),
        lost.message(),
        target);
  }

  /** Begins the tally of a topic, of which perhaps no message comes. */
  void beginTally(String topic) {
    decoder.beginTally(topic);
  }

  /** Hands over the tally of each topic. */
  void endTallies(Consumer<RowData> target) {
    decoder.endTallies(target);
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return type;
  }
}
