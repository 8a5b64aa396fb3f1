package io.sysmonflink.kafka;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.metrics.JmxReporter;

/**
 * What is read of Kafka.
 *
 * @param topics their names; empty where a pattern names them
 * @param pattern of the topics' names
 * @param client properties of Kafka's client and of Flink's source
 * @param start where each partition begins
 * @param end where each partition ends; empty where it never does
 * @param parallelism of the source; empty where it is that of the job
 * @param transactionalIds what those of the job's sinks begin with
 */
record KafkaScan(
    List<String> topics,
    Optional<Pattern> pattern,
    Properties client,
    OffsetsInitializer start,
    Optional<OffsetsInitializer> end,
    Optional<Integer> parallelism,
    List<String> transactionalIds) {

  KafkaScan {
    topics = List.copyOf(topics);
    requireNonNull(pattern, "pattern is null");
    requireNonNull(client, "client is null");
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
    requireNonNull(parallelism, "parallelism is null");
    transactionalIds = List.copyOf(transactionalIds);
  }

  boolean isBounded() {
    return end.isPresent();
  }

  /** Flink's source of it. */
  KafkaSource<RowData> source(KafkaRecordDeserializationSchema<RowData> schema) {
    KafkaSourceBuilder<RowData> builder =
        KafkaSource.<RowData>builder()
            .setProperties(client)
            .setProperty(
                ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                also(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, "", FetchPositions.class))
            .setProperty(
                ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG,
                also(
                    ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG,
                    JmxReporter.class.getName(),
                    LogStartOffsets.class))
            .setStartingOffsets(start)
            .setDeserializer(schema);
    if (pattern.isEmpty()) {
      builder.setTopics(topics);
    } else if (isBounded()) {
      builder.setKafkaSubscriber(new SomeTopics(pattern.get()));
    } else {
      builder.setTopicPattern(pattern.get());
    }
    end.ifPresent(builder::setBounded);
    return builder.build();
  }

  /** A list of classes with one more at its end. */
  private String also(String key, String unlessSet, Class<?> added) {
    String others = client.getProperty(key, unlessSet);
    return others.isBlank() ? added.getName() : others + "," + added.getName();
  }

  @Override
  public String toString() {
    return "KafkaScan" + topics + pattern; // no secrets
  }
}
