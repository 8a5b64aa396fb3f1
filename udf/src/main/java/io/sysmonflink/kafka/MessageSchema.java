package io.sysmonflink.kafka;

import io.sysmonflink.format.DecodingSettings;
import io.sysmonflink.format.MessageDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads messages of Kafka to rows. Their {@code source} is {@code TOPIC/PARTITION}, their {@code
 * position} the offset of the message, which all records in it share.
 */
final class MessageSchema implements KafkaRecordDeserializationSchema<RowData> {

  private static final long serialVersionUID = 1L;

  /** What counts the messages of all topics. */
  private static final String ALL_TOPICS = "";

  private final DecodingSettings settings;
  private final TypeInformation<RowData> type;
  private final boolean tallies;

  private transient MessageDecoder decoder;

  /** By topic and partition. */
  private transient Map<String, Map<Integer, StringData>> sources;

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
    sources = new HashMap<>();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<RowData> out) {
    decoder.decode(
        tallies ? message.topic() : ALL_TOPICS,
        message.value(),
        source(message.topic(), message.partition()),
        message.offset(),
        out::collect);
  }

  private StringData source(String topic, int partition) {
    return sources
        .computeIfAbsent(topic, name -> new HashMap<>())
        .computeIfAbsent(partition, number -> StringData.fromString(topic + "/" + number));
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
