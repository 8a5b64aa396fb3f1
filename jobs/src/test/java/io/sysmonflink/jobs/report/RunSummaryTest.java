package io.sysmonflink.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.pipeline.DetectionPipeline;
import io.sysmonflink.jobs.pipeline.DetectionResults;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSummaryTest {

  private static final Instant START = Instant.parse("2024-11-25T10:00:00Z");
  private static final SearchWindow WINDOW =
      new SearchWindow(START.minus(Duration.ofDays(14)), START);

  private static final String NAME = "windows_abused_web_services";

  @TempDir private Path folder;
  private List<DetectionResults> detections = List.of();
  private FailOn failOn = FailOn.DEFAULT;

  @Test
  void theSearchTakesFromTheFirstByteReadToTheLastRowWritten() throws IOException {
    writtenAt(5_000, "scan_summary", "part-0", began(3_500));
    writtenAt(4_000, "scan_summary", "part-1", began(2_250), began(9_999));
    writtenAt(7_750, "risk_events", "part-0", "{}");
    writtenAt(9_000, "risk_events", ".unfinished", "{}");

    RunSummary summary = summary();

    assertThat(json(summary).get("search_seconds").doubleValue()).isEqualTo(5.5);
    assertThat(printed(summary).get(0))
        .contains(" in 60.0 s; 5.5 s from first byte to last row): ");
  }

  @Test
  void whereTheTalliesTellNoTimeTheSummaryDoesNot() throws IOException {
    writtenAt(5_000, "scan_summary", "part-0", "{\"records\":1}");

    JsonNode json = json(summary());

    assertThat(json.has("search_seconds")).isTrue();
    assertThat(json.get("search_seconds").isNull()).isTrue();
  }

  @Test
  void whatWasReadInAnUnusualWayIsPrintedWhereThereIsAny() throws IOException {
    writtenAt(0, "scan_summary", "part-0", "{\"records\":5,\"bytes\":9,\"lists\":0}");
    assertThat(printed(summary())).hasSize(2);

    writtenAt(
        0,
        "scan_summary",
        "part-1",
        "{\"lists\":1,\"repaired\":2000,\"framing\":3,\"framing_bytes\":99}",
        "{\"lists\":1,\"repaired\":1,\"framing\":1,\"framing_bytes\":1}");

    assertThat(printed(summary()))
        .contains(
            "decoded events with a list in place of a value: 2",
            "decoded events with characters that XML forbids, now U+FFFD: 2,001",
            "texts before an event on its line, no records: 4 (100 bytes)");
    JsonNode json = json(summary());
    assertThat(List.of("lists", "repaired", "framing", "framing_bytes"))
        .extracting(field -> json.get(field).asInt())
        .containsExactly(2, 2001, 4, 100);
  }

  @Test
  void filesThatWereNotReadToTheEndOrChangedAreNamed() throws IOException {
    writtenAt(
        0,
        "scan_summary",
        "part-0",
        """
        {"source": "file:/a.gz", "bytes": 9, "records": 3, "decoded": 1,
         "dead_letters": {"truncated": 1, "unreadable_file": 1}}""",
        """
        {"source": "file:/b", "bytes": 9, "records": 2, "decoded": 1, "dead_letters": {"changed_file": 1},
         "appended": 0}""",
        """
        {"source": "file:/b", "bytes": 9, "records": 2, "decoded": 1, "dead_letters": {"changed_file": 1}}""",
        """
        {"source": "file:/c", "bytes": 9, "records": 1, "decoded": 1, "appended": 1500}""",
        """
        {"source": "file:/d", "records": 1, "dead_letters": {"unreadable_file": 1}}""");
    writtenAt(
        0,
        "dead_letter",
        "part-0",
        """
        {"source": "file:/b", "position": 70, "error_type": "changed_file", "error_message": "later"}""",
        """
        {"source": "file:/b", "position": 7, "error_type": "changed_file", "error_message": "it shrank"}""",
        """
        {"source": "file:/a.gz", "position": 7, "error_type": "unreadable_file", "error_message": "cut\\u001b"}""",
        """
        {"source": "file:/a.gz", "position": 7, "error_type": "truncated", "error_message": "an event"}""",
        """
        {"source": "file:/d", "position": 0, "error_type": "unreadable_file", "error_message": "a link"}""");

    RunSummary summary = summary();

    assertThat(printed(summary))
        .containsSubsequence(
            "not all of file:/a.gz was read: cut<U+001B>",
            "not all of file:/d was read: a link",
            "file:/b changed: it shrank",
            "appended after the listing, and left to the next run: 1,500 bytes in 1 file, the first file:/c")
        .noneMatch(line -> line.startsWith("nothing readable"));
    assertThat(summary.failure())
        .hasValue(
            "2 files could not be read, or not to the end (unreadable-file);"
                + " 1 file changed after the listing (changed-file)");
    JsonNode json = json(summary);
    assertThat(json.get("not_all_read"))
        .hasToString("[\"unreadable-file\",\"changed-file\",\"dead-letters\"]");
    assertThat(json.get("not_read_to_the_end").get(1))
        .hasToString("{\"source\":\"file:/d\",\"why\":\"a link\"}");
    assertThat(json.get("changed_files"))
        .hasToString("[{\"source\":\"file:/b\",\"why\":\"it shrank\"}]");
    assertThat(json.get("appended_bytes").asLong()).isEqualTo(1500);
  }

  @Test
  void eventsWithoutTheirFieldsAreToldByFileAndShapeWhateverElseWasFound() throws IOException {
    writtenAt(
        0,
        "scan_summary",
        "part-0",
        """
        {"source": "file:/b.json", "records": 20, "decoded": 7, "dead_letters": {"no_event_data": 12, "x": 1},
         "no_event_data": {"nxlog": 12}, "no_provider": {"powershell": 1},
         "keys": {"nxlog": "a, b\\u001b[2J", "powershell": "EventID"}}""",
        """
        {"source": "file:/a.json", "records": 1, "decoded": 1, "no_provider": {"nxlog": 1}, "keys": {}}""",
        """
        {"source": "file:/b.json", "records": 4, "decoded": 4, "no_provider": {"powershell": 4},
         "keys": {"powershell": "Id"}}""",
        """
        {"source": null, "records": 1, "no_event_data": {"nxlog": 1}, "keys": {"nxlog": "c"}}""");

    assertThat(printed(summary()))
        .containsSubsequence(
            "1 event of Sysmon (shape nxlog) holds none of its fields: not read; keys seen: c",
            "1 event in file:/a.json (shape nxlog) says neither provider nor channel, so the search drops it",
            "12 events of Sysmon in file:/b.json (shape nxlog) hold none of their fields: not read;"
                + " keys seen: a, b<U+001B>[2J",
            "5 events in file:/b.json (shape powershell) say neither provider nor channel, so the search drops them;"
                + " keys seen: EventID");
    assertThat(json(summary()).get("unfilled").get(2))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"source": "file:/b.json", "shape": "nxlog", "kind": "no_event_data", "events": 12,
                     "keys": "a, b\\u001b[2J"}"""));
  }

  @Test
  void manyFilesAreNotAllPrintedNorListed() throws IOException {
    String[] tallies = new String[1_003];
    for (int i = 0; i < tallies.length; i++) {
      tallies[i] =
          "{\"source\":\"%04d\",\"no_provider\":{\"x\":1},\"keys\":{\"x\":\"%s\"}}"
              .formatted(i, "\ud83d\ude00".repeat(400));
    }
    writtenAt(0, "scan_summary", "part-0", tallies);

    assertThat(printed(summary()))
        .filteredOn(line -> line.contains("(shape x)"))
        .hasSize(10)
        .allMatch(line -> line.endsWith("; keys seen: " + "\ud83d\ude00".repeat(300) + "..."));
    assertThat(printed(summary())).contains("and so in 993 files more");
    assertThat(json(summary()).get("unfilled")).hasSize(1_000);
  }

  /** Each line: rows of results, rows of search_summary, and the detection's lines. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          0 | QueryResults=3                 | no results: 3 events matched and lack QueryResults, so that stats drops them
          0 | Image, dest=1                  | no results: 1 event matched and lacks Image and dest, so that stats drops it
          0 | dest=1;A=1000;dest=1           | no results: 1,000 events matched and lack A, 2 lack dest, so that stats drops them
          1 | A=1                            | 1 event in 1 row/1 event matched and lacks A, so that stats drops it
          1 | a=9;b=9;c=9;d=9;e=9;f=9;g=9;h=9;i=9;j=9;k=1;l=1 | 1 event in 1 row/9 events matched and lack a, 9 lack b, 9 lack c, 9 lack d, 9 lack e, 9 lack f, 9 lack g, 9 lack h, 9 lack i, 9 lack j, 2 lack other fields, so that stats drops them
          1 | ``                             | 1 event in 1 row
          """)
  void eventsThatLackAByFieldAreToldByField(int rows, String lacking, String told)
      throws IOException {
    Detection detection = Catalog.load(SqlFiles.bundled()).select(List.of(NAME)).get(0);
    detections =
        List.of(
            new DetectionResults(
                detection,
                "view",
                ResolvedSchema.of(Column.physical("count", DataTypes.BIGINT())),
                Optional.empty(),
                List.of()));
    writtenAt(0, "scan_summary", "part-0", "{\"records\":9,\"bytes\":9,\"decoded\":9}");
    List<String> summary = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      writtenAt(0, "detection_results/" + NAME, "part-" + i, "{\"count\":1}");
      summary.add(
          "{\"detection\":\"%s\",\"rows\":1,\"events\":1,\"lacking\":null}".formatted(NAME));
    }
    for (String one : lacking.isEmpty() ? new String[0] : lacking.split(";", -1)) {
      summary.add(
          "{\"detection\":\"%s\",\"rows\":0,\"events\":0,\"lacking\":\"%s\",\"unfilled\":%s}"
              .formatted(NAME, one.split("=", -1)[0], one.split("=", -1)[1]));
    }
    writtenAt(0, "search_summary", "part-0", summary.toArray(String[]::new));

    assertThat(printed(summary()))
        .filteredOn(line -> line.startsWith(NAME))
        .containsExactly(
            Stream.of(told.split("/", -1)).map(line -> NAME + ": " + line).toArray(String[]::new));
    JsonNode json = json(summary()).at("/detections/0");
    assertThat(json.get("lacking").isEmpty()).isEqualTo(lacking.isEmpty());
    assertThat(json.get("rows_before_filter").asInt()).isEqualTo(rows);
  }

  @Test
  void whatWasFilteredAwayIsToldBesideWhatLacksAField() throws IOException {
    eventsThatLackAByFieldAreToldByField(
        1, "A=2", "1 event in 1 row/2 events matched and lack A, so that stats drops them");
    Files.delete(folder.resolve("detection_results/" + NAME + "/part-0"));

    assertThat(printed(summary()))
        .anyMatch(line -> line.startsWith(NAME + ": no results: all 1 row that matched"))
        .contains(NAME + ": 2 events matched and lack A, so that stats drops them");
  }

  /**
   * Each line: --fail-on, a tally, what holds of all that it can name, and what the status tells.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          default               | {"bytes":0,"records":0}                                          | ``                                       | ``
          default               | {"bytes":7,"records":0}                                          | no-events                                | no record could be read as a Windows event (no-events)
          default               | {"bytes":7,"records":2,"dead_letters":{"x":2}}                   | no-events unreadable-file dead-letters   | no record could be read as a Windows event (no-events); nothing was readable in 1 file (unreadable-file)
          unreadable-file       | {"bytes":7,"records":2,"dead_letters":{"x":2}}                   | no-events unreadable-file dead-letters   | nothing was readable in 1 file (unreadable-file)
          none                  | {"bytes":7,"records":2,"dead_letters":{"x":2}}                   | no-events unreadable-file dead-letters   | ``
          default               | {"bytes":7,"records":9,"decoded":1,"dead_letters":{"x":8}}       | dead-letters                             | ``
          default               | {"bytes":7,"records":9,"skipped":{"1":1},"dead_letters":{"x":8}} | dead-letters                             | ``
          dead-letters=0%       | {"bytes":7,"records":200,"dead_letters":{"x":1}}                 | dead-letters                             | dead letters among 200 records: 1 (dead-letters)
          dead-letters=0.5%     | {"bytes":7,"records":200,"dead_letters":{"x":1}}                 | ``                                       | ``
          dead-letters=0.49%    | {"bytes":7,"records":200,"dead_letters":{"x":1}}                 | dead-letters                             | dead letters among 200 records: 1 (dead-letters)
          dead-letters=100%     | {"bytes":7,"records":2,"dead_letters":{"x":2}}                   | no-events unreadable-file                | ``
          default               | {"bytes":7,"records":2,"decoded":2,"no_provider":{"x":2}}        | unfilled                                 | ``
          unfilled              | {"bytes":7,"records":2,"decoded":2,"no_provider":{"x":2}}        | unfilled                                 | events without what a search needs: 2 (unfilled)
          unfilled,changed-file | {"bytes":7,"records":2,"decoded":2}                              | ``                                       | ``
          """)
  void whatWasNotReadIsToldAndRulesTheStatus(String option, String tally, String holds, String told)
      throws IOException {
    failOn = option.equals("default") ? FailOn.DEFAULT : FailOn.parse(option);
    writtenAt(0, "scan_summary", "part-0", tally);

    RunSummary summary = summary();

    assertThat(json(summary).get("not_all_read"))
        .extracting(JsonNode::asText)
        .containsExactly(holds.isEmpty() ? new String[0] : holds.split(" ", -1));
    assertThat(summary.failure().orElse("")).isEqualTo(told);
    assertThat(printed(summary).contains("warning: nothing was read: the input is empty"))
        .isEqualTo(tally.contains("\"bytes\":0"));
  }

  private RunSummary summary() throws IOException {
    return RunSummary.of(
        OutputFolder.of(folder.toString()),
        new DetectionPipeline.Assembled(null, detections, true),
        WINDOW,
        Duration.ofMinutes(1),
        failOn);
  }

  private static List<String> printed(RunSummary summary) {
    StringWriter text = new StringWriter();
    summary.print(new PrintWriter(text));
    return text.toString().lines().toList();
  }

  private static JsonNode json(RunSummary summary) throws IOException {
    return new ObjectMapper().readTree(summary.json());
  }

  private static String began(int millis) {
    return "{\"records\":1,\"began\":\"%s\"}".formatted(START.plusMillis(millis));
  }

  private void writtenAt(int millis, String output, String file, String... lines)
      throws IOException {
    Path path = Files.createDirectories(folder.resolve(output)).resolve(file);
    Files.write(path, List.of(lines));
    Files.setLastModifiedTime(path, FileTime.from(START.plusMillis(millis)));
  }
}
