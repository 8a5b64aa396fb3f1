package io.sysmonflink.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.event.EventIds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a column gets of what a shipper wrote: lists, escapes, and names that it uses itself. */
class FieldValuesTest {

  private static final String ENVELOPE =
      "\"SourceName\":\"Microsoft-Windows-Sysmon\",\"UtcTime\":\"2024-11-01 00:00:00\",";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ["a"]                        | a
          ["a","b"]                    | a/b
          ["a",["b",null,""],7]        | a/b/7
          [{"#text":"a"},{"x":"b"}]    | a
          []                           | null
          [null]                       | null
          {"text":"a"}                 | a
          {"x":"a"}                    | null
          """)
  void aListIsItsValuesEachOnALine(String json, String value) {
    for (String record :
        List.of(
            "{\"EventID\":22," + ENVELOPE + "\"QueryName\":" + json + "}",
            "{\"winlog\":{\"event_id\":22,\"provider_name\":\"Microsoft-Windows-Sysmon\",\"event_data\":{\"UtcTime\":\"2024-11-01"
                + " 00:00:00\",\"QueryName\":"
                + json
                + "}}}")) {
      Rows rows = Rows.of(record, EventIds.all());
      assertThat(rows.texts())
          .singleElement()
          .asString()
          .contains("|" + value.replace('/', '\n') + "|");
      assertThat(rows.tally().lists()).isEqualTo(json.startsWith("[") ? 1 : 0);
    }
  }

  @Test
  void aListThatNoColumnIsOfDoesNotCount() {
    Rows rows =
        Rows.of(
            "{\"EventID\":22," + ENVELOPE + "\"tags\":[\"a\"],\"Image\":\"x\"}", EventIds.all());
    assertThat(rows.tally().lists()).isZero();
  }

  static Stream<Arguments> contested() {
    String message =
        "\"Message\":\"Registry value set:\\r"
            + "\\n"
            + "RuleName: -\\r"
            + "\\n"
            + "EventType: SetValue\\r"
            + "\\n"
            + "Image: x\",";
    return Stream.of(
        Arguments.of("NXLog's alone", 13, "\"EventType\":\"INFO\",", null),
        Arguments.of(
            "NXLog's, Sysmon's in the message",
            13,
            "\"EventType\":\"INFO\"," + message,
            "SetValue"),
        Arguments.of("Sysmon's", 13, "\"EventType\":\"DeleteKey\",", "DeleteKey"),
        Arguments.of(
            "Sysmon's, also in the message",
            12,
            "\"EventType\":\"SetValue\"," + message,
            "SetValue"),
        Arguments.of("of an event that has none", 22, "\"EventType\":\"SetValue\",", null),
        Arguments.of("NXLog's audit", 17, "\"EventType\":\"AUDIT_SUCCESS\",", null),
        Arguments.of("Logstash's type", 25, "\"type\":\"nxlog\",", null),
        Arguments.of(
            "Sysmon's Type",
            25,
            "\"type\":\"nxlog\",\"Type\":\"Image is replaced\",",
            "Image is replaced"),
        Arguments.of("NXLog's Version", 4, "\"Version\":3,", null),
        Arguments.of("Sysmon's Version", 4, "\"Version\":\"15.14\",", "15.14"),
        Arguments.of(
            "PowerShell's ProcessId",
            1,
            "\"TimeCreated\":\"x\",\"ProcessId\":3092,\"Message\":\"Process Create:\\n"
                + "ProcessId: 4711\",",
            "4711"),
        Arguments.of("PowerShell's alone", 1, "\"TimeCreated\":\"x\",\"ProcessId\":3092,", "3092"),
        Arguments.of(
            "PowerShell's, of an event that has none",
            10,
            "\"TimeCreated\":\"x\",\"ProcessId\":3092,",
            null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contested")
  void sysmonsFieldWinsOverTheShippersOfItsName(
      String what, int id, String members, String expected) {
    String record = "{\"EventID\":" + id + "," + ENVELOPE + members + "\"Image\":\"x\"}";
    String field =
        members.contains("ProcessId")
            ? "ProcessId"
            : members.contains("Version")
                ? "Version"
                : members.contains("ype\":\"n") ? "Type" : "EventType";
    assertThat(OneColumn.of(record, field)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          C:\\\\\\\\Windows\\\\\\\\x.exe          | \\\\\\"a\\\\\\" &amp; b   | C:\\Windows\\x.exe    | "a" & b
          C:\\\\Windows\\\\x.exe              | \\"a\\" &amp; b         | C:\\Windows\\x.exe    | "a" & b
          C:\\\\Windows\\\\x.exe              | a & b &amp; c           | C:\\Windows\\x.exe    | a & b &amp; c
          \\\\\\\\server\\\\share\\\\x.exe    | x                       | \\\\server\\share\\x.exe | x
          C:\\\\\\\\a                         | \\\\\\\\\\\\\\\\host    | C:\\a                 | \\\\host
          &lt;unknown process&gt;             | &amp;lt;                | <unknown process>     | &lt;
          """)
  void whatWazuhEscapedOnceMoreIsUndone(
      String image, String command, String expectedImage, String expectedCommand) {
    String record =
        ("{\"win\":{\"system\":{\"eventID\":\"1\",\"providerName\":\"Microsoft-Windows-Sysmon\","
                + "\"systemTime\":\"2024-11-01T00:00:00Z\"},\"eventdata\":{\"image\":\"%s\","
                + "\"commandLine\":\"%s\"}}}")
            .formatted(image, command);
    assertThat(OneColumn.of(record, "Image")).isEqualTo(expectedImage);
    assertThat(OneColumn.of(record, "CommandLine")).isEqualTo(expectedCommand);
  }

  /** What XML forbids, as it stands in a value. */
  static Stream<Arguments> forbidden() {
    return Stream.of(
        Arguments.of("a\u0001b", "a\uFFFDb", 1),
        Arguments.of("a&#x1;b", "a\uFFFDb", 1),
        Arguments.of("a&#1;&#x0;&#31;b", "a\uFFFD\uFFFD\uFFFDb", 1),
        Arguments.of("a&#xD800;&#xFFFE;&#x110000;&#99999999999;b", "a\uFFFD\uFFFD\uFFFD\uFFFDb", 1),
        Arguments.of("a\uFFFE\uFFFFb", "a\uFFFD\uFFFDb", 1),
        Arguments.of("a\u0000&amp;\u001Fb&lt;", "a\uFFFD&\uFFFDb<", 1),
        Arguments.of("<![CDATA[a&#x1;\u0001b]]>&#x2;", "a&#x1;\uFFFDb\uFFFD", 1),
        Arguments.of("a&#9;&#x7F;\u0085&#xE000;b", "a\t\u007F\u0085\uE000b", 0),
        Arguments.of("<![CDATA[a&#x1;b]]>", "a&#x1;b", 0));
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void whatXmlForbidsIsReplaced(String written, String read, int repaired) {
    String event =
        "<Event><System><EventID>22</EventID><TimeCreated"
            + " SystemTime='2024-11-01T00:00:00Z'/></System><EventData><Data Name='QueryName'>"
            + written
            + "</Data></EventData></Event>";
    Rows rows = Rows.of(event + "\n" + event.replace(written, "plain"), EventIds.all());
    assertThat(rows.texts().get(0)).contains("|" + read + "|");
    assertThat(rows.texts().get(1)).contains("|plain|");
    assertThat(rows.tally().repaired()).isEqualTo(repaired);
  }
}
