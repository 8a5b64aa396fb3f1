package io.sysmonflink.decode.fast;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.PlainParsers;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.parse.FastPath;
import io.sysmonflink.decode.parse.json.JsonEventParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fast parser takes what Winlogbeat and NXLog write, and leaves all else to Jackson. That both
 * agree on what it takes is for {@code DecoderFuzzTest}.
 */
public class JsonParsersTest {

  public static final String WINLOGBEAT =
      "{\"@timestamp\":\"2021-09-22T13:18:31.589Z\",\"event\":{\"code\":\"22\",\"kind\":\"event\","
          + "\"provider\":\"P2\"},\"host\":{\"name\":\"h\",\"ip\":[\"192.0.2.1\",{}],\"os\":{}},\"message\":\"a:\\n"
          + "\\\"b\\\" \\u003c\\ud83d\",\"winlog\":{\"channel\":\"C\","
          + "\"computer_name\":\"dc.example.test\",\"event_data\":{\"Image\":\"C:\\\\a\\u003e\\u00e9.exe\","
          + "\"QueryName\":\"é.example\",\"queryStatus\":0,\"QueryResults\":\"\",\"User\":null,\"UtcTime\":\"2021-09-22"
          + " 13:18:31.147\"},\"event_id\":\"22\",\"process\":{\"pid\":-4},"
          + "\"provider_name\":\"P\",\"record_id\":4711,\"version\":5}}";

  public static final String NXLOG =
      "{\"EventTime\":\"2021-09-22 08:18:31\",\"Hostname\":\"dc.example.test\",\"Keywords\":"
          + "-9223372036854775808,\"EventID\":22,\"SourceName\":\"P\",\"RecordNumber\":4711,"
          + "\"Channel\":\"C\",\"Message\":\"a:\\r\\n\\\\ \\/\",\"Opcode\":\"Info\",\"ok\":true,"
          + "\"UtcTime\":\"2021-09-22 13:18:31.147\",\"Image\":\"C:\\\\a.exe\",\"QueryName\":\"x\","
          + "\"QueryStatus\":\"0\",\"queryname\":\"y\",\"User\":\"\"}";

  private static final List<String> COLUMNS =
      List.of("UtcTime", "QueryName", "QueryStatus", "QueryResults", "Image", "User");

  private static final EventColumns EVENT_COLUMNS =
      new EventColumns(
          COLUMNS, Set.of("QueryName", "QueryStatus", "QueryResults", "Image", "User"));

  private static final JsonEventParser PLAIN = PlainParsers.json();

  /** Kept, as it is from record to record in a run. */
  private static final FastPath FAST = newParser();

  @ParameterizedTest
  @ValueSource(
      strings = {
        WINLOGBEAT,
        NXLOG,
        "{ \"winlog\" : { \"event_data\" : { } } , \"event\" : { \"code\" : 1 } }",
        "{\"winlog\":{\"event_data\":{},\"event_id\":3},\"event\":{},\"host\":{}, \"a\" : [1,2] }",
        "{\"EventID\":\" 22 \",\"sourceName\":\"x\",\"ProviderName\":\"y\",\"@timestamp\":\"z\"}",
        "{\"EventID\":1,\"image\":\"plain\",\"Image\":\"C:\\\\a\"}",
        "{\"eventID\":1,\"Computer\":\"a\",\"computer\":\"b\",\"a\":{\"b\":{\"b\":[[]]}}}"
      })
  void fastParserTakesWhatShippersWrite(String record) {
    assertThat(fast(record)).isNotNull().isEqualTo(plain(record));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"EventID\":1}",
        "\"winlog\":{},",
        "\"event\":\"{}\",",
        "\"Event\":{},",
        "\"TimeCreated\":1,",
        "\"Image\":\"a\",\"Image\":\"b\",",
        "\"a\":1.5,",
        "\"a\":01,",
        "\"a\":-0,",
        "\"a\":-,",
        "\"a\":nul,",
        "\"a\":\"\t\",",
        "\"a\":\"\\x\",",
        "\"a\":\"\\u12g4\",",
        "\"Image\":\"\\ud83d\\ude00\",",
        "\"Image\":[],",
        "\"\\u0061\":1,",
        "\"a\":[1,],",
        "\"a\":{,},",
        ",",
        "x"
      })
  void fastParserLeavesTheUnusualToJackson(String piece) {
    assertThat(fast("{" + piece + "\"EventID\":1,\"z\":2}")).isNull();
  }

  /** What the fast parser reads, or null where it leaves it. */
  public static String fast(String record) {
    return fast(FAST, record);
  }

  public static FastPath newParser() {
    return FastPaths.json();
  }

  /** The same, by a parser that has read nothing before. */
  public static String fastAtFirst(String record) {
    return fast(newParser(), record);
  }

  /** The same, by a parser that has read what it has. */
  public static String fast(FastPath parser, String record) {
    EventFields fields = new EventFields(EVENT_COLUMNS);
    byte[] padded = padded(record);
    return parser.parse(padded, 2, padded.length - 2, fields) ? describe(fields) : null;
  }

  /** What Jackson reads, or what it complains of. */
  public static String plain(String record) {
    EventFields fields = new EventFields(EVENT_COLUMNS);
    fields.clear();
    byte[] padded = padded(record);
    try {
      PLAIN.parse(padded, 2, padded.length - 2, EventIds.all(), fields);
      return describe(fields);
    } catch (BadRecordException e) {
      return e.type() + ": " + e.getMessage();
    }
  }

  private static byte[] padded(String record) {
    return ("}\"" + record + ",}").getBytes(StandardCharsets.UTF_8);
  }

  private static String describe(EventFields fields) {
    List<Object> values = new ArrayList<>();
    values.add(fields.shape());
    values.add(fields.eventCode());
    values.add(fields.provider());
    values.add(fields.channel());
    values.add(fields.computer());
    values.add(fields.recordId());
    values.add(fields.logTime());
    values.add(fields.utcTime());
    for (int slot = 0; slot < COLUMNS.size(); slot++) {
      values.add(fields.value(slot));
    }
    return values.toString();
  }
}
