package io.sysmonflink.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.event.EventIds;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which of its times an event is under, by shape: docs/use/reading-logs.md has the order. In each
 * record that counts is 2024-11-20T09:15:30.123Z, and the other times are years or seconds away.
 */
class EventTimesTest {

  private static final String SYSMON = "\"Microsoft-Windows-Sysmon\"";
  private static final String HAPPENED = "2024-11-20T09:15:30.123Z";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Winlogbeat: @timestamp            | {"@timestamp":"H","agent":{"type":"winlogbeat"},"winlog":{"event_id":22,"time_created":"L","event_data":{"UtcTime":"U"}}}
          Winlogbeat by @metadata           | {"@timestamp":"H","@metadata":{"beat":"winlogbeat"},"winlog":{"event_id":22,"event_data":{"UtcTime":"L"}}}
          Winlogbeat without @timestamp     | {"agent":{"type":"winlogbeat"},"winlog":{"event_id":22,"time_created":"H","event_data":{"UtcTime":"U"}}}
          Filebeat: time_created            | {"@timestamp":"L","agent":{"type":"filebeat"},"winlog":{"event_id":22,"time_created":"H","event_data":{"UtcTime":"U"}}}
          Filebeat: then UtcTime            | {"@timestamp":"L","agent":{"type":"filebeat"},"winlog":{"event_id":22,"event_data":{"UtcTime":"H"}}}
          Filebeat: then @timestamp         | {"@timestamp":"H","agent":{"type":"filebeat"},"winlog":{"event_id":22,"event_data":{"Image":"x"}}}
          Filebeat by @metadata             | {"@timestamp":"L","@metadata":{"beat":"filebeat"},"winlog":{"event_id":22,"event_data":{"UtcTime":"H"}}}
          nobody says: time_created         | {"@timestamp":"L","winlog":{"event_id":22,"time_created":"H","event_data":{"UtcTime":"U"}}}
          nobody says: @timestamp, if close | {"@timestamp":"H","winlog":{"event_id":22,"event_data":{"UtcTime":"U"}}}
          nobody says: else UtcTime         | {"@timestamp":"L","winlog":{"event_id":22,"event_data":{"UtcTime":"H"}}}
          nobody says: @timestamp alone     | {"@timestamp":"H","winlog":{"event_id":22,"event_data":{"Image":"x"}}}
          Winlogbeat 6                      | {"@timestamp":"H","type":"wineventlog","event_id":22,"event_data":{"UtcTime":"L"}}
          through Logstash, late            | {"@timestamp":"L","event_id":22,"event_data":{"UtcTime":"H"}}
          Elastic's pipeline                | {"@timestamp":"H","agent":{"type":"filebeat"},"dns":{"question":{"name":"x"}},"winlog":{"event_id":22}}
          Vector                            | {"timestamp":"H","event_id":22,"provider_name":"p","channel":"c","event_data":{"UtcTime":"U"}}
          Vector without timestamp          | {"event_id":22,"provider_name":"p","channel":"c","event_data":{"UtcTime":"H"}}
          OpenTelemetry                     | {"system_time":"H","event_id":{"id":22},"provider":{"name":"p"},"channel":"c","event_data":{"UtcTime":"U"}}
          Promtail                          | {"timeCreated":"H","event_id":22,"source":"p","channel":"c","event_data":"<Data Name='UtcTime'>U</Data>"}
          EvtxECmd                          | {"TimeCreated":"H","EventId":22,"Payload":"{\\"EventData\\":{\\"UtcTime\\":\\"U\\"}}"}
          Wazuh                             | {"timestamp":"L","win":{"system":{"eventID":"22","systemTime":"H"},"eventdata":{"utcTime":"U"}}}
          evtx_dump                         | {"Event":{"System":{"EventID":22,"TimeCreated":{"SystemTime":"H"}},"EventData":{"UtcTime":"U"}}}
          Velociraptor                      | {"System":{"Provider":{},"EventID":{"Value":22},"TimeCreated":{"SystemTime":1732094130.1234567}},"EventData":{"UtcTime":"U"}}
          Sentinel                          | {"TimeGenerated":"L","EventID":22,"EventData":"{\\"UtcTime\\":\\"H\\"}"}
          Sentinel without UtcTime          | {"TimeGenerated":"H","EventID":22,"EventData":"{\\"Image\\":\\"x\\"}"}
          Fluent Bit                        | {"ProviderName":"p","TimeCreated":"L","EventID":22,"EventData":{"UtcTime":"H"}}
          Fluent Bit without UtcTime        | {"ProviderName":"p","@timestamp":"L","TimeCreated":"2024-11-20 10:15:30.123 +0100","EventID":22,"EventData":{}}
          NXLog                             | {"EventTime":"L","@timestamp":"L","EventID":22,"UtcTime":"H"}
          NXLog without UtcTime             | {"EventTime":"L","@timestamp":"H","EventID":22,"SourceName":S,"Image":"x"}
          NXLog, of another program         | {"EventTime":"2024-11-20 09:15:30.123","EventID":22,"SourceName":"Time-Service"}
          PowerShell                        | {"TimeCreated":"L","@timestamp":"L","EventID":22,"UtcTime":"H"}
          PowerShell, of another program    | {"TimeCreated":"2024-11-20 09:15:30.123","EventID":22,"SourceName":"Time-Service"}
          """)
  void whenItHappenedComesBeforeWhenItWasRead(String what, String record) {
    String filled =
        record
            .replace("\"H\"", "\"" + HAPPENED + "\"")
            .replace("\\\"H\\\"", "\\\"" + HAPPENED + "\\\"")
            .replace("\"L\"", "\"2026-11-28T12:00:00.000Z\"")
            .replace("\"U\"", "\"2024-11-20 09:15:29.001\"")
            .replace("\\\"U\\\"", "\\\"2024-11-20 09:15:29.001\\\"")
            .replace(">U<", ">2024-11-20 09:15:29.001<")
            .replace(":S,", ":" + SYSMON + ",");
    assertThat(Rows.of(filled, EventIds.all()).texts())
        .singleElement()
        .asString()
        .as(what)
        .startsWith("22|" + Instant.parse(HAPPENED) + "|");
  }

  /** An event of Sysmon's is under no local time: it is a dead letter. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"EventTime":"2024-11-20 09:15:30","EventID":22,"SourceName":"Microsoft-Windows-Sysmon","Image":"x"}
          {"TimeCreated":"2024-11-20 09:15:30","EventID":22,"Channel":"Microsoft-Windows-Sysmon/Operational","Image":"x"}
          """)
  void noEventOfSysmonIsUnderALocalTime(String record) {
    assertThat(Rows.of(record, EventIds.all()).texts()).containsExactly("unreadable_time");
  }
}
