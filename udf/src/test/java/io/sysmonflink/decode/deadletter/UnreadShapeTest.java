package io.sysmonflink.decode.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.Rows;
import io.sysmonflink.decode.event.EventIds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dead letter says by name what a record seems to be that is of no shape that is read. */
class UnreadShapeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Splunk's classic text (renderXml = false) | `11/21/2024 10:00:00 AM\nLogName=Microsoft-Windows-Sysmon/Operational\nSourceName=x\nEventCode=22`
          CEF                                       | `Nov 21 10:00:00 host CEF:0^Microsoft^Sysmon^1^22^DNS query^3^dhost=h`
          LEEF                                      | `LEEF:2.0^Microsoft^Sysmon^1^22^src=h`
          LEEF                                      | `LEEF:1.0^a CEF: b`
          CEF                                       | `CEF:1^LEEF:2.0^x`
          Hayabusa's timeline as CSV                | `"Timestamp","RuleTitle","Level"`
          Hayabusa's timeline as CSV                | `Timestamp,RuleTitle,Level`
          Hayabusa's timeline as JSON               | `{"Timestamp":"2024-11-21","RuleTitle":"x","EventIDs":22}`
          osquery                                   | `{"name":"x","hostIdentifier":"h","calendarTime":"now"}`
          """)
  void isNamed(String shape, String record) {
    String log = record.replace('^', '|').replace("\\n", "\n") + "\n";

    assertThat(Rows.of(log, EventIds.all()).messages())
        .singleElement()
        .asString()
        .endsWith("; it looks like " + shape + ", which is not read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"SCEF:0 {\"hostIdentifier\":\"h\"}", "LEEF:x {\"Timestamp\":1}"})
  void nothingElseIs(String text, String object) {
    String log = text + "\n" + object + "\n";

    assertThat(Rows.of(log, EventIds.all()).messages())
        .hasSize(2)
        .allSatisfy(message -> assertThat(message).doesNotContain("it looks like"));
  }
}
