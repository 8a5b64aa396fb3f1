package io.sysmonflink.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From bytes to rows: what becomes of single records. */
class RecordReaderTest {

  private static final DataType TABLE =
      DataTypes.ROW(
          DataTypes.FIELD("EventCode", DataTypes.INT()),
          DataTypes.FIELD("_time", DataTypes.TIMESTAMP_LTZ(3)),
          DataTypes.FIELD("Computer", DataTypes.STRING()),
          DataTypes.FIELD("Provider", DataTypes.STRING()),
          DataTypes.FIELD("Channel", DataTypes.STRING()),
          DataTypes.FIELD("RecordId", DataTypes.BIGINT()),
          DataTypes.FIELD("QueryName", DataTypes.STRING()),
          DataTypes.FIELD("QueryResults", DataTypes.STRING()),
          DataTypes.FIELD("error_type", DataTypes.STRING()),
          DataTypes.FIELD("UtcTime", DataTypes.STRING()));

  private static final Instant NOW = Instant.parse("2024-11-30T00:00:00Z");

  static Stream<Arguments> records() {
    return Stream.of(
        arguments(
            "XML, every column",
            xml(
                "<Provider Name='P'/><EventID>22</EventID><EventRecordID>7</EventRecordID>"
                    + "<TimeCreated SystemTime='2024-11-01T00:00:01.1239Z'/><Channel>Ch</Channel>"
                    + "<Computer>C</Computer>",
                "<Data Name='QueryName'>a&amp;b</Data>"),
            "22 2024-11-01T00:00:01.123 C P Ch 7 a&b null null null"),
        arguments(
            "XML, an empty value is none",
            xml(
                "<EventID>22</EventID><TimeCreated SystemTime='2024-11-01T00:00:01Z'/>",
                "<Data Name='QueryResults'></Data><Data Name='QueryName'/>"),
            "22 2024-11-01T00:00:01 null null null null null null null null"),
        arguments(
            "XML, UtcTime where the log has no time",
            xml("<EventID>22</EventID>", "<Data Name='UtcTime'>2024-11-01 00:00:02.5</Data>"),
            "22 2024-11-01T00:00:02.500 null null null null null null null 2024-11-01 00:00:02.5"),
        arguments(
            "XML of another layout",
            "<Event><!-- x --><System><EventID>22</EventID>"
                + "<TimeCreated SystemTime='2024-11-01T00:00:01Z'/></System><EventData>"
                + "<Data Name='QueryName'><![CDATA[a<b]]></Data></EventData>"
                + "<RenderingInfo><Channel>no</Channel></RenderingInfo></Event>",
            "22 2024-11-01T00:00:01 null null null null a<b null null null"),
        arguments("XML, unwanted id", xml("<EventID>1</EventID>", ""), "skipped 1"),
        arguments(
            "XML, unwanted id behind a comment",
            "<Event><System><!-- <EventID>22</EventID> --><EventID>1</EventID></System></Event>",
            "skipped 1"),
        arguments("XML, no id", xml("", ""), "no_event_id"),
        arguments("XML, an id of letters", xml("<EventID>x</EventID>", ""), "no_event_id"),
        arguments("XML, an id too large", xml("<EventID>65536</EventID>", ""), "no_event_id"),
        arguments(
            "XML, an id only in EventData",
            "<Event><System></System><EventData><EventID>22</EventID></EventData></Event>",
            "no_event_id"),
        arguments("XML, no time", xml("<EventID>22</EventID>", ""), "unreadable_time"),
        arguments(
            "XML, a time that is none",
            xml("<EventID>22</EventID><TimeCreated SystemTime='yesterday'/>", ""),
            "unreadable_time"),
        arguments(
            "XML, from the future",
            xml("<EventID>22</EventID><TimeCreated SystemTime='2024-12-01T00:00:00.001Z'/>", ""),
            "from_future"),
        arguments(
            "XML, a clock that is a day ahead",
            xml("<EventID>22</EventID><TimeCreated SystemTime='2024-12-01T00:00:00.000Z'/>", ""),
            "22 2024-12-01T00:00 null null null null null null null null"),
        arguments(
            "XML, a field twice",
            xml(
                "<EventID>22</EventID>",
                "<Data Name='QueryName'>a</Data><Data Name='QueryName'>b</Data>"),
            "duplicate_field"),
        arguments(
            "XML, two ids",
            xml("<EventID>22</EventID><EventID>1</EventID>", ""),
            "duplicate_field"),
        arguments(
            "XML, an entity of its own",
            xml("<EventID>22</EventID>", "<Data Name='QueryName'>&xxe;</Data>"),
            "malformed_xml"),
        arguments(
            "XML, tags that cross",
            xml("<EventID>22</EventID>", "<a><b></a></b>"),
            "malformed_xml"),
        arguments(
            "XML, nested deep",
            xml("<EventID>22</EventID>", "<a>".repeat(100) + "</a>".repeat(100)),
            "too_deep"),
        arguments(
            "Winlogbeat",
            "{\"@timestamp\":\"2024-11-01T00:00:01.123Z\",\"winlog\":{\"event_id\":\"22\","
                + "\"computer_name\":\"C\",\"provider_name\":\"P\",\"channel\":\"Ch\",\"record_id\":7,"
                + "\"event_data\":{\"QueryName\":\"a\",\"QueryResults\":\"\"}}}",
            "22 2024-11-01T00:00:01.123 C P Ch 7 a null null null"),
        arguments(
            "NXLog",
            "{\"EventID\":22,\"UtcTime\":\"2024-11-01 00:00:01.123\",\"EventTime\":\"2024-10-31"
                + " 20:00:01\","
                + "\"@timestamp\":\"2024-11-05T00:00:00Z\",\"Hostname\":\"C\",\"host\":\"collector\","
                + "\"SourceName\":\"P\",\"RecordNumber\":7,\"QueryName\":\"a\"}",
            "22 2024-11-01T00:00:01.123 C P null 7 a null null 2024-11-01 00:00:01.123"),
        arguments(
            "JSON, a first letter in another case",
            "{\"EventID\":\"22\",\"utcTime\":\"2024-11-01 00:00:01\",\"queryName\":\"a\"}",
            "22 2024-11-01T00:00:01 null null null null a null null 2024-11-01 00:00:01"),
        arguments(
            "JSON, the exact name wins",
            "{\"EventID\":22,\"QueryName\":\"a\",\"queryName\":\"b\",\"UtcTime\":\"2024-11-01"
                + " 00:00:01\"}",
            "22 2024-11-01T00:00:01 null null null null a null null 2024-11-01 00:00:01"),
        arguments(
            "JSON over lines",
            "{\n  \"EventID\": 22,\n  \"UtcTime\": \"2024-11-01 00:00:01\"\n}",
            "22 2024-11-01T00:00:01 null null null null null null null 2024-11-01 00:00:01"),
        arguments("JSON, unwanted id", "{\"EventID\":1}", "skipped 1"),
        arguments(
            "JSON, an id only within a text", "{\"m\":\"\\\"EventID\\\":22\"}", "no_event_id"),
        arguments("JSON, no known shape", "{\"a\":{\"EventID\":22}}", "no_event_id"),
        arguments("JSON, a fraction as id", "{\"EventID\":22.5}", "no_event_id"),
        arguments("JSON, a key twice", "{\"EventID\":22,\"EventID\":1}", "duplicate_field"),
        arguments("JSON, rubbish behind it", "{\"EventID\":22} x}", "malformed_json"),
        arguments("JSON, not quite", "{\"EventID\":22,}", "malformed_json"),
        arguments(
            "JSON, nested deep",
            "{\"a\":" + "[".repeat(100) + "]".repeat(100) + ",\"EventID\":22}",
            "too_deep"),
        arguments(
            "JSON, a huge number",
            "{\"EventID\":22,\"a\":" + "9".repeat(5_000) + "}",
            "malformed_json"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("records")
  void reads(String name, String record, String expected) {
    assertThat(read(record.getBytes(StandardCharsets.UTF_8))).containsExactly(expected);
  }

  /** Whatever is wrong with a record, its neighbours are read. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("records")
  void neighboursAreRead(String name, String record, String expected) {
    String neighbour =
        xml("<EventID>22</EventID><TimeCreated SystemTime='2024-11-01T00:00:00Z'/>", "");
    String read = read(neighbour.getBytes(StandardCharsets.UTF_8)).get(0);
    String log = neighbour + "\n" + record + "\n" + neighbour + "\n";
    assertThat(read(log.getBytes(StandardCharsets.UTF_8))).containsExactly(read, expected, read);
  }

  @Test
  void bytesThatAreNotUtf8AreADeadLetterOnlyWhereTheRecordIsWanted() {
    byte[] wanted =
        xml("<EventID>22</EventID>", "<Data Name='QueryName'>?</Data>")
            .getBytes(StandardCharsets.UTF_8);
    byte[] unwanted =
        xml("<EventID>1</EventID>", "<Data Name='QueryName'>?</Data>")
            .getBytes(StandardCharsets.UTF_8);
    for (byte[] record : List.of(wanted, unwanted)) {
      for (int i = 0; i < record.length; i++) {
        record[i] = record[i] == '?' ? (byte) 0xC3 : record[i];
      }
    }
    assertThat(read(wanted)).containsExactly("invalid_utf8");
    assertThat(read(unwanted)).containsExactly("skipped 1");
  }

  /** Each read looks through all of the record that was read before. */
  @Test
  void aRecordMuchLargerThanABlockIsReadInFewSteps() throws IOException {
    String large = xml("<EventID>1</EventID>", "<Data>" + "x".repeat(1_000_000) + "</Data>");
    AtomicInteger reads = new AtomicInteger();
    InputStream in =
        new FilterInputStream(new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))) {
          @Override
          public int readNBytes(byte[] target, int offset, int length) throws IOException {
            reads.incrementAndGet();
            return super.readNBytes(target, offset, length);
          }
        };
    DecodingSettings settings =
        DecodingSettings.of(
            (RowType) TABLE.getLogicalType(), EventIds.of(Set.of(22)), 1 << 21, TimeFrom.LOG);
    List<RowData> rows = new ArrayList<>();
    try (RecordReader reader = new RecordReader(in, settings, "test", 0, 1_000, () -> 0)) {
      while (reader.readBlock(rows)) {
        assertThat(reads).hasValueLessThan(20);
      }
      assertThat(reader.tally().skippedCount()).isEqualTo(1);
    }
  }

  private static String xml(String system, String eventData) {
    return "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
        + system
        + "</System><EventData>"
        + eventData
        + "</EventData></Event>";
  }

  /**
   * A text for each record: the row's values, the type of its dead letter, or that it is skipped.
   */
  private static List<String> read(byte[] log) {
    RowType type = (RowType) TABLE.getLogicalType();
    DecodingSettings settings =
        DecodingSettings.of(type, EventIds.of(Set.of(22)), 10_000, TimeFrom.LOG);
    List<RowData> rows = new ArrayList<>();
    try (RecordReader reader =
        new RecordReader(
            new ByteArrayInputStream(log), settings, "test", 0, 100, NOW::toEpochMilli)) {
      while (reader.readBlock(rows)) {
        // until the end
      }
      List<String> texts =
          rows.subList(0, rows.size() - 1).stream()
              .map(row -> text(row, type))
              .collect(Collectors.toCollection(ArrayList::new));
      reader.tally().skipped().forEach((id, count) -> texts.add("skipped " + id));
      assertThat(reader.tally().records()).isEqualTo(texts.size());
      if (texts.size() == 3 && texts.get(2).startsWith("skipped")) {
        // A skipped record has no row: in the log it stood between the other two.
        texts.add(1, texts.remove(2));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(RowData row, RowType type) {
    int error = type.getFieldIndex("error_type");
    if (!row.isNullAt(error)) {
      return row.getString(error).toString();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < type.getFieldCount(); i++) {
      LogicalType column = type.getTypeAt(i);
      values.add(String.valueOf(RowData.createFieldGetter(column, i).getFieldOrNull(row)));
    }
    return String.join(" ", values);
  }
}
