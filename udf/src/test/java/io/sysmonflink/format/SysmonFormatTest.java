package io.sysmonflink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages, as Kafka brings them, to rows. */
class SysmonFormatTest {

  private static final DataType TABLE =
      DataTypes.ROW(
          DataTypes.FIELD("EventCode", DataTypes.INT()),
          DataTypes.FIELD("QueryName", DataTypes.STRING()),
          DataTypes.FIELD("error_type", DataTypes.STRING()),
          DataTypes.FIELD("raw_payload", DataTypes.BYTES()));

  private static final String JSON =
      "{\"EventID\":22,\"UtcTime\":\"2024-11-01 00:00:01\",\"QueryName\":\"json\"}";

  @Test
  void eachMessageStandsForItself() throws Exception {
    DeserializationSchema<RowData> schema = Messages.schema(TABLE, Map.of("event-codes", "22"));

    assertThat(rows(schema, xml(22, "a"))).containsExactly("a");
    assertThat(rows(schema, xml(22, "a") + "\n" + JSON + "\n" + xml(1, "b") + xml(22, "c")))
        .containsExactly("a", "json", "c");
    assertThat(rows(schema, xml(22, "a").substring(0, 60)))
        .containsExactly("truncated " + xml(22, "a").substring(0, 60));
    assertThat(rows(schema, "oops")).containsExactly("not_an_event oops");
    assertThat(rows(schema, xml(22, "a"))).containsExactly("a");
    assertThat(rows(schema, null)).isEmpty();
    assertThat(rows(schema, "")).isEmpty();
    assertThat(rows(schema, xml(1, "a"))).isEmpty();
  }

  @Test
  void withoutFastPathsTheRowsAreTheSame() throws Exception {
    String message = xml(22, "a") + "\n" + JSON + "\n" + xml(22, "b").substring(0, 60);
    DeserializationSchema<RowData> plain = Messages.schema(TABLE, Map.of("fast-paths", "false"));
    assertThat(rows(plain, message)).isEqualTo(rows(Messages.schema(TABLE, Map.of()), message));
  }

  /** Who watches for Sysmon's DNS queries must not be lulled by another program's event 22. */
  @Test
  void eventsAreCountedByIdAndThoseOfOtherProgramsApart() throws Exception {
    Gauges gauges = new Gauges();
    DeserializationSchema<RowData> schema =
        Messages.schema(TABLE, Map.of("event-codes", "22;4688"), gauges);
    String terminal = "Microsoft-Windows-TerminalServices-LocalSessionManager";
    rows(schema, json(22, "Provider", "microsoft-windows-sysmon"));
    rows(schema, json(22, "Channel", "Linux-Sysmon/Operational"));
    rows(schema, json(22, "Provider", terminal));
    rows(schema, json(4688, "Provider", "Microsoft-Windows-Sysmon"));
    rows(schema, json(3, "Provider", terminal) + "\n" + json(40000, "Provider", terminal));
    assertThat(gauges.counts("sysmon.event_id."))
        .isEqualTo(
            Map.of("22.decoded", 2L, "other.decoded", 2L, "3.skipped", 1L, "other.skipped", 1L));
    assertThat(gauges.counts("sysmon."))
        .containsAllEntriesOf(Map.of("records", 6L, "decoded", 4L, "skipped", 2L));
  }

  @ParameterizedTest
  @CsvSource({
    "event-codes, 70000, option 'event-codes': an event id is a number from 0 to 65535",
    "max-record-size, 1b, option 'max-record-size' is to be from 1024 to",
    "time-from, never, time-from",
    "fast-paths, perhaps, fast-paths"
  })
  void wrongOptionsAreTold(String option, String value, String message) {
    assertThatThrownBy(() -> Messages.schema(TABLE, Map.of(option, value)))
        .isInstanceOf(ValidationException.class)
        .hasStackTraceContaining(message);
  }

  private static String json(int id, String name, String value) {
    return JSON.replace("22", String.valueOf(id))
        .replace("{", "{\"%s\":\"%s\",".formatted(name, value));
  }

  /** Events by their QueryName, dead letters by type and bytes. */
  private static List<String> rows(DeserializationSchema<RowData> schema, String message)
      throws Exception {
    return Messages.rows(schema, message == null ? null : message.getBytes(UTF_8)).stream()
        .map(
            row ->
                row.isNullAt(2)
                    ? row.getString(1).toString()
                    : row.getString(2) + " " + new String(row.getBinary(3), UTF_8))
        .toList();
  }

  private static String xml(int id, String queryName) {
    return "<Event><System><EventID>%d</EventID><TimeCreated SystemTime='2024-11-01T00:00:01Z'/></System><EventData><Data Name='QueryName'>%s</Data></EventData></Event>"
        .formatted(id, queryName);
  }
}
