package io.sysmonflink.kafka;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Where rows of messages say that they come from, and which tally counts them. */
class MessageSchemaTest {

  private static final RowType TABLE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("position", DataTypes.BIGINT()),
                  DataTypes.FIELD("source", DataTypes.STRING()),
                  DataTypes.FIELD("QueryName", DataTypes.STRING()),
                  DataTypes.FIELD("error_type", DataTypes.STRING()),
                  DataTypes.FIELD(
                      "tally",
                      DataTypes.ROW(
                          DataTypes.FIELD("records", DataTypes.BIGINT()),
                          DataTypes.FIELD("bytes", DataTypes.BIGINT()))))
              .getLogicalType();

  private static final DecodingSettings SETTINGS =
      DecodingSettings.of(TABLE, EventIds.of(Set.of(22)), 1 << 20, TimeFrom.LOG);

  private final List<RowData> rows = new ArrayList<>();

  @Test
  void everyRecordOfAMessageHasItsOffsetAndPartition() {
    MessageSchema schema = opened(SETTINGS, true);
    read(schema, "t", 0, 7, event("a") + "\n" + event("b") + "\noops");
    read(schema, "t", 200, 1L << 40, event("c"));
    read(schema, "u", 1, 0, event("d").getBytes(UTF_16));
    assertThat(rows)
        .extracting(MessageSchemaTest::text)
        .containsExactly(
            "7 t/0 a", "7 t/0 b", "7 t/0 not_an_event", "1099511627776 t/200 c", "0 u/1 d");
  }

  @Test
  void columnsThatAreNotAskedForAreNotThere() {
    MessageSchema schema = opened(SETTINGS.project(List.of(2, 1)), false);
    read(schema, "t", 0, 7, event("a"));
    assertThat(rows).singleElement().matches(row -> row.getArity() == 2);
    assertThat(rows.get(0).getString(0)).hasToString("a");
    assertThat(rows.get(0).getString(1)).hasToString("t/0");
  }

  @Test
  void eachTopicIsCountedByItselfOneWithoutMessagesToo() {
    MessageSchema schema = opened(SETTINGS, true);
    schema.beginTally("t");
    schema.beginTally("silent");
    read(schema, "t", 0, 7, event("a") + "\n" + event("b").replace("22", "3") + "\noops");
    read(schema, "t", 1, 7, event("a"));
    read(schema, "u", 0, 7, "oops");
    read(schema, "u", 0, 8, (byte[]) null);
    read(schema, "u", 0, 9, "");
    rows.clear();
    schema.endTallies(rows::add);
    long bytes = 3L * event("a").length() + "\n\noops".length();
    assertThat(rows)
        .extracting(row -> text(row) + counts(row))
        .containsExactly("0 silent [0, 0]", "0 t [4, " + (bytes - 1) + "]", "0 u [1, 4]");
  }

  /** A job that fails opens it again. */
  @Test
  void whenOpenedAgainItCountsFromZero() {
    MessageSchema schema = opened(SETTINGS, true);
    read(schema, "t", 0, 7, event("a"));
    open(schema);
    read(schema, "t", 0, 7, event("b"));
    rows.clear();
    schema.endTallies(rows::add);
    assertThat(rows)
        .extracting(MessageSchemaTest::counts)
        .containsExactly(List.of(1L, (long) event("b").length()));
  }

  private void read(MessageSchema schema, String topic, int partition, long offset, String text) {
    read(schema, topic, partition, offset, text == null ? null : text.getBytes(UTF_8));
  }

  private void read(MessageSchema schema, String topic, int partition, long offset, byte[] value) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>(topic, partition, offset, null, value);
    // As of a partition of which nothing was removed.
    schema.deserialize(FetchedRecord.of(message, 0), new ListCollector<>(rows));
  }

  private static MessageSchema opened(DecodingSettings settings, boolean tallies) {
    MessageSchema schema = new MessageSchema(settings, InternalTypeInfo.of(TABLE), tallies);
    open(schema);
    return schema;
  }

  private static void open(MessageSchema schema) {
    schema.open(
        new DeserializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
          }
        });
  }

  private static String text(RowData row) {
    return row.getLong(0)
        + " "
        + row.getString(1)
        + " "
        + (row.isNullAt(2) ? row.isNullAt(3) ? "" : row.getString(3) : row.getString(2));
  }

  private static List<Long> counts(RowData row) {
    return List.of(row.getRow(4, 2).getLong(0), row.getRow(4, 2).getLong(1));
  }

  private static String event(String queryName) {
    return "{\"EventID\":22,\"UtcTime\":\"2024-11-01 00:00:01\",\"QueryName\":\""
        + queryName
        + "\"}";
  }
}
