package io.sysmonflink.jobs.regression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.oracle.Backfill;
import io.sysmonflink.jobs.oracle.DetectionRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Drop-in detections, written without touching Java, run beside the bundled ones. */
class PackITCase {

  private static Backfill pack;

  @BeforeAll
  static void run() throws IOException {
    pack = PackRun.get();
  }

  static Set<String> detections() {
    return TestData.packRows().keySet();
  }

  @ParameterizedTest
  @MethodSource("detections")
  void firesOnItsHitsAndOnNoNearMiss(String detection) {
    List<JsonNode> expected = new ArrayList<>(TestData.packRows().get(detection));
    expected.addAll(TestData.packRowsOfLogs(detection));

    assertThat(PackRun.byDetection(pack.lines("detection_results/" + detection)))
        .as(pack.log())
        .hasEntrySatisfying(
            detection, rows -> assertThat(rows).containsExactlyInAnyOrderElementsOf(expected));
  }

  @Test
  void theBundledOnesFindWhatTheyFindAlone() {
    List<DetectionRow> alone = TestData.logs().allExpected();

    assertThat(pack.rows()).containsExactlyInAnyOrderElementsOf(alone);
  }

  /** Each line: a detection, how many risk events it gives, and the kinds of objects in them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PowerShell Runs An Encoded Command        | 16 | system user | process parent_process
          Rundll32 Connects To The Internet         | 6  | system      | process ip_address
          Run Key Starts A Program Of A User Folder | 7  | system      | process registry_path
          Program Written To A Startup Folder       | 0  | ''          | ''
          Office Program Asks For A Cheap Domain    | 5  | system      | process url
          """)
  void riskEventsNameVictimsAndAttackers(
      String search, int count, String victims, String attackers) {
    List<JsonNode> events =
        pack.lines("risk_events").stream()
            .filter(event -> event.required("search_name").textValue().equals(search))
            .toList();

    Set<String> victimTypes = new TreeSet<>();
    Set<String> attackerTypes = new TreeSet<>();
    for (JsonNode event : events) {
      victimTypes.add(event.required("risk_object_type").textValue());
      attackerTypes.add(words(event.required("threat_object_type")));
      assertThat(event.required("threat_object"))
          .hasSameSizeAs(event.required("threat_object_type"));
    }
    assertThat(events).hasSize(count);
    assertThat(events)
        .extracting(event -> event.required("id").textValue())
        .doesNotHaveDuplicates();
    assertThat(String.join(" ", victimTypes)).isEqualTo(victims);
    assertThat(String.join(" ", attackerTypes)).isEqualTo(attackers);
  }

  @Test
  void messagesNameTheFieldsOfEachDetection() {
    assertThat(pack.lines("risk_events"))
        .extracting(event -> event.required("risk_message").textValue())
        .contains(
            "CORP\\m.otto on ws-052.corp.example.com had C:\\Program Files\\Microsoft"
                + " Office\\root\\Office16\\WINWORD.EXE start powershell.exe with an encoded command",
            "rundll32.exe on ws-051.corp.example.com connected to 2001:db8::44 port 443",
            "WINWORD.EXE on ws-051.corp.example.com asked for a.example.xyz")
        .noneMatch(message -> message.contains("$"));
  }

  @Test
  void theSummaryTellsOfAll() {
    assertThat(pack.log())
        .contains(
            "office_program_asks_for_a_cheap_domain: 6 events in 5 rows",
            "powershell_runs_an_encoded_command: 8 events in 7 rows",
            "program_written_to_a_startup_folder: 5 events in 4 rows",
            "run_key_starts_a_program_of_a_user_folder: 7 events in 7 rows",
            "rundll32_connects_to_the_internet: 7 events in 6 rows",
            "suspicious_process_dns_query_known_abuse_web_services: 17 events in 10 rows",
            "windows_abused_web_services: 23 events in 13 rows");
    // The pack's filters keep one row each from view.
    assertThat(pack.summary().required("detections"))
        .filteredOn(
            found ->
                !found.required("rows").equals(found.required("rows_before_filter"))
                    || !found.required("events").equals(found.required("events_before_filter")))
        .extracting(found -> found.required("detection").textValue())
        .containsExactly(
            "program_written_to_a_startup_folder", "run_key_starts_a_program_of_a_user_folder");
  }

  private static String words(JsonNode texts) {
    List<String> words = new ArrayList<>();
    texts.forEach(text -> words.add(text.textValue()));
    return String.join(" ", words);
  }
}
