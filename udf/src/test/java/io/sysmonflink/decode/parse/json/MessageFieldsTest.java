package io.sysmonflink.decode.parse.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.OneColumn;
import io.sysmonflink.decode.Rows;
import io.sysmonflink.decode.event.EventIds;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that stand in the message only, and events in which there are none at all. */
class MessageFieldsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          by lines                       | "Message":"Dns query:\\r\\nUtcTime: T\\r\\nQueryName: a\\r\\nImage: b\\r\\n"     | a        | b
          with plain line feeds          | "message":"Dns query:\\nUtcTime: T\\nQueryName: a\\nImage: b"                              | a        | b
          a value over lines             | "Message":"Dns query:\\nUtcTime: T\\nImage: b\\nx: y\\nQueryName: a"                     | a        | `b\nx: y`
          a name without a value         | "Message":"Dns query:\\nUtcTime: T\\nImage: b\\nQueryName:"                                |          | b
          Sentinel's                     | "RenderedDescription":"Dns query:\\nUtcTime: T\\nImage: b\\nQueryName: a"                  | a        | b
          another event's name           | "Message":"Dns query:\\nUtcTime: T\\nImage: b\\nCommandLine: c\\nQueryName: a"           | a        | `b\nCommandLine: c`
          by inserts                     | "StringInserts":["T","a","b"],"Message":"Dns:\\r\\nUtcTime: T\\r\\nQueryName: a\\r\\nImage: b"  | a | b
          forged within an insert        | "StringInserts":["T","a\\r\\nImage: c","b"],"Message":"Dns:\\r\\nUtcTime: T\\r\\nQueryName: a\\r\\nImage: c\\r\\nImage: b" | `a\r\nImage: c` | b
          inserts of another message     | "StringInserts":["1"],"Message":"Dns:\\nUtcTime: T\\nQueryName: a\\nImage: b"              | a        | b
          """)
  void areReadWhereTheyStandNowhereElse(String what, String members, String query, String image) {
    String record =
        ("{\"EventID\":22,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\"," + members + "}")
            .replace(": T", ": 2024-11-01 00:00:00.123")
            .replace("\"T\"", "\"2024-11-01 00:00:00.123\"");
    String lines = image.replace("\\n", "\n");
    assertThat(OneColumn.of(record, "Image")).as(what).isEqualTo(lines);
    assertThat(OneColumn.of(record, "QueryName"))
        .as(what)
        .isEqualTo(query == null ? null : query.replace("\\r", "\r").replace("\\n", "\n"));
    assertThat(Rows.of(record, EventIds.all()).texts())
        .singleElement()
        .asString()
        .contains(".123Z|");
  }

  /** A value that holds a line of another field's name: nobody can tell which is true. */
  @ParameterizedTest
  @CsvSource({"Image: b\\nImage: c", "Image: b\\nQueryName: a\\nImage: c"})
  void aNameThatStandsTwiceIsADeadLetter(String lines) {
    String record =
        "{\"EventID\":22,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"Message\":\"x:\\n"
            + "%s\"}";
    assertThat(Rows.of(record.formatted(lines), EventIds.all()).texts())
        .containsExactly("duplicate_field");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nxlog      | {"EventID":22,"SourceName":"~","EventType":"INFO","Version":5,"Opcode":"x"}
          nxlog      | {"EventID":13,"SourceName":"~","EventType":"INFO","Version":5,"Opcode":"x"}
          winlogbeat | {"@timestamp":"2024-11-01T00:00:00Z","winlog":{"event_id":22,"provider_name":"~","event_data":{"Opcode":1}}}
          evtx_dump  | {"Event":{"System":{"EventID":22,"Channel":"~/Operational","TimeCreated":{"SystemTime":"2024-11-01T00:00:00Z"}},"EventData":{"Data":"x","Opcode":1}}}
          windows_xml| <Event><System><EventID>22</EventID><Opcode>0</Opcode><Channel>~/Operational</Channel></System><EventData><Data>x</Data></EventData></Event>
          windows_xml| <Event><System><EventID>22</EventID><Opcode>0</Opcode><Provider Name='Linux-Sysmon'/></System></Event>
          """)
  void anEventOfSysmonWithoutItsFieldsIsADeadLetter(String shape, String record) {
    String filled = record.replace("~", "Microsoft-Windows-Sysmon");
    Rows rows = Rows.of(filled, EventIds.all());
    assertThat(rows.texts()).containsExactly("no_event_data");
    assertThat(rows.messages()).singleElement().asString().contains("none of its fields");
    assertThat(rows.tally().noEventData()).isEqualTo(Map.of(shape, 1L));
    assertThat(rows.tally().keys().get(shape)).isNotEmpty();
    if (!shape.equals("winlogbeat") && !shape.equals("evtx_dump")) {
      assertThat(rows.tally().keys().get(shape)).contains("Opcode");
    }
    // Where another program wrote it, or Sysmon an event that nobody knows yet, it is what it is.
    String other =
        filled.replace("Microsoft-Windows-Sysmon", "Other").replace("Linux-Sysmon", "Other");
    assertThat(Rows.of(other, EventIds.all()).texts()).doesNotContain("no_event_data");
    assertThat(Rows.of(filled.replace("22", "77").replace("13", "77"), EventIds.all()).texts())
        .doesNotContain("no_event_data");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nxlog       | {"EventID":22,"UtcTime":"2024-11-01 00:00:00","Image":"x"}
          winlogbeat6 | {"event_id":22,"@timestamp":"2024-11-01T00:00:00Z","event_data":{"Image":"x"}}
          windows_xml | <Event><System><EventID>22</EventID></System><EventData><Data Name='UtcTime'>2024-11-01 00:00:00</Data></EventData></Event>
          """)
  void anEventOfNobodyIsCountedWithItsKeys(String shape, String record) {
    Rows rows = Rows.of(record + "\n" + record, EventIds.all());
    assertThat(rows.tally().decoded()).isEqualTo(2);
    assertThat(rows.tally().noProvider()).isEqualTo(Map.of(shape, 2L));
    assertThat(rows.tally().keys()).containsOnlyKeys(shape);
    assertThat(rows.tally().keys().get(shape)).containsAnyOf("EventID", "event_id");
    String named =
        record
            .replace("\"EventID\":22", "\"EventID\":22,\"Channel\":\"x\"")
            .replace("{\"event_id\"", "{\"log_name\":\"x\",\"event_id\"")
            .replace("</System>", "<Channel>x</Channel></System>");
    assertThat(Rows.of(named, EventIds.all()).tally().noProvider()).isEmpty();
  }

  /** In a run of events of one layout the fast parser must judge as the plain one does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"EventID":22,"SourceName":"Microsoft-Windows-Sysmon","UtcTime":"2024-11-01 00:00:00","EventType":"INFO","Image":"x"} | {"EventID":13,"SourceName":"Microsoft-Windows-Sysmon","UtcTime":"2024-11-01 00:00:00","EventType":"SetValue","Image":"x"}
          """)
  void aKnownLayoutWithAnotherIdIsJudgedByThatId(String first, String second) {
    Rows rows = Rows.of((first + "\n").repeat(4) + second, EventIds.all());
    assertThat(rows.texts()).hasSize(5).last().asString().startsWith("13|");
    assertThat(OneColumn.of(second, "EventType")).isEqualTo("SetValue");
    assertThat(OneColumn.of(first, "EventType")).isNull();
  }
}
