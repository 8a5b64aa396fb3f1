package io.sysmonflink.jobs.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.DetectRun;
import io.sysmonflink.jobs.SearchFolder;
import io.sysmonflink.jobs.catalog.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code detect explain} from end to end. */
class ExplainCommandITCase {

  private static final String WEB = "windows_abused_web_services";
  private static final String PROCESS = "suspicious_process_dns_query_known_abuse_web_services";
  private static final String FILTER = "filters/" + WEB + "_filter.sql";
  private static final String TIME = "2024-09-30 10:00:00.123";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private SearchFolder search;

  @BeforeEach
  void createFolder() throws IOException {
    search = new SearchFolder(folder);
  }

  @Test
  void everyRecordIsToldOfOnceWhateverItIs() throws IOException {
    search
        .dns(TIME, "C:\\Windows\\System32\\svchost.exe", "a.ngrok.io", "WIN-1")
        .dns(TIME, "C:\\Tools\\cmd.exe", "internet.messenger.msn.com", "WIN-1")
        .event(1, TIME, Map.of("Image", "C:\\x.exe", "Hostname", "WIN-1"))
        .line("{\"EventID\":22, oops");

    DetectRun run = explain();

    assertThat(run.out())
        .isEqualTo(
            """
            events.ndjson at 0: event 22 of Microsoft-Windows-Sysmon on WIN-1, 2024-09-30T10:00:00.123Z
              suspicious_process_dns_query_known_abuse_web_services: no match
                + EventCode = 22: 22
                - QueryName IN (...): a.ngrok.io matches none
                - one of
                  - process_name IN (...): svchost.exe matches none
                  - PROCESS_NAME(Image) IN (...): svchost.exe matches none
                  - NORMALIZE_PATH(Image) IN (...): C:\\Windows\\System32\\svchost.exe matches none
              windows_abused_web_services: match
                + EventCode = 22: 22
                + QueryName IN (...): a.ngrok.io matches *ngrok.io*

            events.ndjson: event 22 of Microsoft-Windows-Sysmon on WIN-1, 2024-09-30T10:00:00.123Z
              suspicious_process_dns_query_known_abuse_web_services: match
                + EventCode = 22: 22
                + QueryName IN (...): internet.messenger.msn.com matches *t.me*
                + one of
                  + process_name IN (...): cmd.exe matches cmd.exe
                  - PROCESS_NAME(Image) IN (...): cmd.exe matches none
                  - NORMALIZE_PATH(Image) IN (...): C:\\Tools\\cmd.exe matches none
              windows_abused_web_services: no match
                + EventCode = 22: 22
                - QueryName IN (...): internet.messenger.msn.com matches none

            events.ndjson: event 1 of Microsoft-Windows-Sysmon on WIN-1, 2024-09-30T10:00:00.123Z
              suspicious_process_dns_query_known_abuse_web_services: no match: it reads events of id 22 only
              windows_abused_web_services: no match: it reads events of id 22 only

            events.ndjson: dead letter, truncated: an event begins here, and no end of it before the next one
              it begins with '{"EventID":22, oops'

            """);
    assertThat(run.err())
        .isEqualTo("4 records; " + PROCESS + " matches 1; " + WEB + " matches 1\n");
    assertThat(run.status()).isZero();
  }

  /**
   * Each line: a field of an event that matches, what stands in its place ({@code ~} for nothing),
   * and what is told of it.
   */
  private static final String CASES =
      """
      QueryName    | pastebin.com        | + QueryName IN (...): pastebin.com matches *pastebin*
      QueryName    | PASTEBIN.com.       | + QueryName IN (...): PASTEBIN.com. matches *pastebin*
      QueryName    | a.discord.pastebin  | + QueryName IN (...): a.discord.pastebin matches *pastebin*, *discord*
      QueryName    | example.com         | - QueryName IN (...): example.com matches none
      QueryName    | ~                   | - QueryName IN (...): missing
      QueryName    | ~                   | - QueryName IS NOT NULL: missing, and stats drops an event without a by-field
      QueryResults | ~                   | - QueryResults IS NOT NULL: missing, and stats drops an event without a by-field
      QueryStatus  | ~                   | - QueryStatus IS NOT NULL: missing, and stats drops an event without a by-field
      Image        | ~                   | - process_name IS NOT NULL: missing, and stats drops an event without a by-field
      Hostname     | ~                   | - Computer IS NOT NULL: missing, and stats drops an event without a by-field
      SourceName   | TerminalServices    | no detection sees it: the macro sysmon takes it out
      SourceName   | TerminalServices    | - Provider IN (...): TerminalServices matches none
      SourceName   | TerminalServices    | - Channel IN (...): missing
      UtcTime      | 2024-09-29 23:59:59 | - _time >= CAST('2024-09-30 00:00:00.000' AS TIMESTAMP_LTZ(3)): 2024-09-29 23:59:59.000
      UtcTime      | 2024-10-01 00:00:00 | - _time < CAST('2024-10-01 00:00:00.000' AS TIMESTAMP_LTZ(3)): 2024-10-01 00:00:00.000
      UtcTime      | 2024-13-01 00:00:00 | dead letter, unreadable_time: the time is to look like
      EventID      | 3                   | windows_abused_web_services: no match: it reads events of id 22 only
      QueryName    | \u001b[31mred       | <U+001B>[31mred matches none
      QueryName    | LONG                | aa matches none
      """;

  @Test
  void whatFailsIsNamed() throws IOException {
    List<String[]> cases = CASES.lines().map(line -> line.split(" *\\| ", 3)).toList();
    for (String[] one : cases) {
      Map<String, Object> event = event();
      event.put(one[0], one[1].equals("LONG") ? "a".repeat(1000) : one[1]);
      event.computeIfPresent("EventID", (field, id) -> Integer.valueOf(id.toString()));
      if (one[1].equals("~")) {
        event.remove(one[0]);
      } else if (one[0].equals("SourceName")) {
        event.remove("Channel");
      }
      search.line(JSON.writeValueAsString(event));
    }

    DetectRun run = explain("--detection", WEB, "--from", "2024-09-30", "--to", "2024-10-01");

    assertThat(run.status()).as(run.err()).isZero();
    String[] records = run.out().split("\n\n", -1);
    assertThat(records).hasSize(cases.size() + 1); // nothing after the last
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < cases.size(); i++) {
      softly.assertThat(records[i]).contains(cases.get(i)[2]).hasSizeLessThan(1000);
    }
    softly.assertAll();
    assertThat(run.out()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dest = 'WIN-1'                                  | match, and the filter lets it pass           | + Computer = 'WIN-1': WIN-1
          NOT WILDCARD_IN(dest, 'win-*')                  | match, but the filter takes it away          | - NOT Computer IN (...): WIN-1 matches win-*
          `count` > 5                                     | match; the filter asks for more              | ? `count` > 5: is told by the result row only
          `count` > 5 AND WILDCARD_IN(Image, '*\\Jürgen*') | match, but the filter takes it away         | - Image IN (...): C:\\x.exe matches none
          `count` > 5 OR dest IS NOT NULL                 | match, and the filter lets it pass           | ? `count` > 5: is told by the result row only
          """)
  void theFilterIsAskedAsFarAsOneEventCanTell(String condition, String outcome, String told)
      throws IOException {
    search
        .line(JSON.writeValueAsString(event()))
        .sql(FILTER, "SELECT * FROM " + WEB + " WHERE " + condition);

    assertThat(explain("--detection", WEB).out()).contains(outcome, told);
  }

  @Test
  void aDetectionOfAnotherShapeIsTakenApartToo() throws IOException {
    search
        .sql(
            "detections/sample.sql",
            Samples.SQL
                .replace("FROM sysmon", "FROM sysmon AS s")
                .replace("AND CommandLine", "AND s.CommandLine")
                .replace("'%-enc%'", "'%-enc%' AND NOT (s.Image = '${image}' OR s.Image IS NULL)"))
        .sql("detections/sample.yml", Samples.YAML)
        .event(1, TIME, Map.of("Image", "C:\\x.exe", "CommandLine", "x -ENC", "Hostname", "W"));

    assertThat(explain("--detection", "sample", "--set", "image=C:\\x.exe").out())
        .contains(
            "sample: no match",
            "+ EventCode = 1: 1",
            "- s.CommandLine LIKE '%-enc%': x -ENC",
            "- NOT (s.Image = 'C:\\x.exe' OR s.Image IS NULL): C:\\x.exe");
  }

  @Test
  void whatItCallsAMatchIsWhatARunCounts() throws IOException {
    Path data = Path.of("../testdata");
    Map<String, Integer> counted = new HashMap<>();
    for (String detection : List.of(WEB, PROCESS)) {
      for (String row : Files.readAllLines(data.resolve("logs_expected/" + detection + ".jsonl"))) {
        counted.merge(detection, JSON.readTree(row).path("count").intValue(), Integer::sum);
      }
    }

    DetectRun run =
        DetectRun.of(
            "explain",
            data.resolve("logs").toString(),
            "--from",
            "2024-11-11",
            "--to",
            "2024-11-25");

    assertThat(run.err())
        .endsWith(
            "; %s matches %d; %s matches %d\n"
                .formatted(PROCESS, counted.get(PROCESS), WEB, counted.get(WEB)));
  }

  @Test
  void programsGetALineOfJsonForEachRecord() throws IOException {
    search.line(JSON.writeValueAsString(event())).line("<Event>");

    List<String> lines = explain("--format", "json").out().lines().toList();

    assertThat(lines).hasSize(2);
    JsonNode record = JSON.readTree(lines.get(0));
    assertThat(record.at("/event/EventCode").intValue()).isEqualTo(22);
    assertThat(record.at("/sysmon/result").booleanValue()).isTrue();
    assertThat(record.at("/detections/1/matches").booleanValue()).isTrue();
    assertThat(record.at("/detections/1/search/parts/1/matching/0").textValue())
        .isEqualTo("*pastebin*");
    assertThat(record.at("/detections/0/search/parts/2/result").booleanValue()).isFalse();
    assertThat(JSON.readTree(lines.get(1)).at("/dead_letter/error_type").textValue())
        .isEqualTo("truncated");
  }

  @Test
  void standardInputIsAFileToo() throws IOException {
    InputStream in = System.in;
    try {
      System.setIn(new ByteArrayInputStream(JSON.writeValueAsBytes(event())));
      DetectRun run = DetectRun.of("explain", "-", "--detection", WEB);
      assertThat(run.out()).contains(WEB + ": match\n");
    } finally {
      System.setIn(in);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          explain                                      | Missing required parameter: 'FILE|-'
          explain nowhere.log                          | detect: nowhere.log: no such file or folder
          explain LOG --detection x                    | --detection x: no such detection
          explain LOG --days 0                         | --days 0
          explain LOG --from 2024-10-01 --to 2024-10-01 | must be before --to
          explain LOG --set nobody=asks                | --set nobody: no SQL file of this run has ${nobody}
          explain LOG --sql WRONG                      | macros/sysmon.sql:1:36: Column 'Povider' not found
          explain LOG --sql TWICE                      | sample.sql: cannot be explained: it must read from one macro, once
          """)
  void aMistakeIsOneLineAndStatus2(String args, String message) throws IOException {
    Path own = folder.resolve("own/detections");
    Files.createDirectories(own);
    Files.writeString(
        own.resolve("sample.sql"),
        Samples.SQL.replace(
            "FROM sysmon",
            "FROM (SELECT s.* FROM sysmon AS s JOIN sysmon AS t ON s.Image = t.Image)"));
    Files.writeString(own.resolve("sample.yml"), Samples.YAML);
    search.sql("macros/sysmon.sql", "SELECT * FROM windows_events WHERE Povider = 'x'");

    DetectRun run =
        DetectRun.of(
            args.replace("LOG", search.log().toString())
                .replace("WRONG", search.sql().toString())
                .replace("TWICE", own.getParent().toString())
                .split(" ", -1));

    assertMistake(run, message);
  }

  private static void assertMistake(DetectRun run, String message) {
    assertThat(run.err()).startsWith("detect: ").contains(message).doesNotContain("\tat ");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  /** Each is right as SQL, and a run could do with it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          detections/sample.sql        | OUTER WHERE stats.`count` > 1000                          | sample.sql: cannot be explained: it must read from one macro, once, and choose by one WHERE
          detections/sample.sql        | OUTER LIMIT 5                                             | sample.sql: cannot be explained
          detections/sample.sql        | INNER HAVING COUNT(*) > 1000                              | sample.sql: cannot be explained
          detections/sample.sql        | FROM (SELECT * FROM sysmon WHERE EventCode = 1)           | sample.sql: cannot be explained
          detections/sample.sql        | FROM (SELECT DISTINCT * FROM sysmon)                      | sample.sql: cannot be explained
          detections/sample.sql        | FROM (SELECT * FROM sysmon UNION ALL SELECT * FROM sysmon) | sample.sql: cannot be explained
          detections/sample.sql        | FROM (SELECT s.* FROM sysmon AS s JOIN sysmon AS t ON s.Image = t.Image) | sample.sql: cannot be explained
          filters/sample_filter.sql    | SELECT * FROM (SELECT * FROM sample WHERE dest = 'x')      | sample_filter.sql: cannot be explained: it must be one plain SELECT ... FROM sample WHERE ...; leave sample out by --detection
          filters/sample_filter.sql    | WITH s AS (SELECT * FROM sample WHERE dest = 'x') SELECT * FROM s | sample_filter.sql: cannot be explained
          filters/sample_filter.sql    | SELECT * FROM sample WHERE dest IN (SELECT Computer FROM sysmon) | sample_filter.sql: cannot be explained
          filters/sample_filter.sql    | SELECT * FROM sample LIMIT 5                               | sample_filter.sql: cannot be explained
          macros/sysmon.sql            | SELECT *, Image AS process_name FROM (SELECT * FROM windows_events WHERE EventCode = 22) | sysmon.sql: cannot be explained: it must be one plain SELECT from one table, with one WHERE
          macros/sysmon.sql            | SELECT *, Image AS process_name FROM windows_events WHERE Image IN (SELECT Image FROM windows_events) | sysmon.sql: cannot be explained
          """)
  void whatAnotherClauseMayTakeAwayIsNotExplained(String path, String sql, String message)
      throws IOException {
    search
        .sql("detections/sample.sql", Samples.SQL)
        .sql("detections/sample.yml", Samples.YAML)
        .sql(
            path,
            sql.startsWith("OUTER ")
                ? Samples.SQL + sql.substring("OUTER ".length())
                : sql.startsWith("INNER ")
                    ? Samples.SQL.replace(
                        "Image, Computer\n)", "Image, Computer " + sql.substring(6) + ")")
                    : sql.startsWith("FROM ") ? Samples.SQL.replace("FROM sysmon", sql) : sql);

    assertMistake(explain("--detection", "sample"), message);
  }

  @Test
  void columnsComputedBelowAndAboveAreNoHindrance() throws IOException {
    search
        .sql(
            "macros/sysmon.sql",
            "SELECT * FROM (SELECT *, PROCESS_NAME(Image) AS process_name FROM windows_events) WHERE Provider LIKE 'Micro%'")
        .sql(
            "detections/sample.sql",
            "SELECT host AS dest, Image, `count`, firstTime, lastTime, first_seen, last_seen, activity FROM ("
                + Samples.SQL.replace("AS dest", "AS host")
                + ") AS renamed")
        .sql("detections/sample.yml", Samples.YAML)
        .sql("filters/sample_filter.sql", "SELECT * FROM sample WHERE dest <> 'W'")
        .event(1, TIME, Map.of("Image", "C:\\x.exe", "CommandLine", "x -enc", "Hostname", "W"));

    assertThat(explain("--detection", "sample").out())
        .contains("sample: match, but the filter takes it away", "- Computer <> 'W': W");
  }

  @Test
  void detectionsOfSeveralMacrosAreExplainedOneByOne() throws IOException {
    search
        .sql("macros/other.sql", "SELECT * FROM windows_events WHERE EventCode = 1")
        .sql("detections/sample.sql", Samples.SQL.replace("FROM sysmon", "FROM other"))
        .sql("detections/sample.yml", Samples.YAML)
        .event(1, TIME, Map.of("Image", "C:\\x.exe", "CommandLine", "x -enc", "Hostname", "W"));

    assertMistake(explain(), "cannot be explained together; choose by --detection");
    assertThat(explain("--detection", "sample").out()).contains("sample: match\n");
  }

  @Test
  void aLargeRecordIsToldOfAsAnyOther() throws IOException {
    Map<String, Object> large = event();
    large.put("QueryResults", "x".repeat(900_000));
    Map<String, Object> compared = event(); // several conditions tell its values
    compared.put("Image", "y".repeat(900_000));
    search
        .line(JSON.writeValueAsString(large))
        .line(JSON.writeValueAsString(compared))
        .line(JSON.writeValueAsString(event()))
        .line("z".repeat(1_500_000)); // more than a record may have

    DetectRun run = explain();

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).endsWith(WEB + " matches 3\n");
    assertThat(run.out()).contains("dead letter, ", "begins with 'zzz").hasSizeLessThan(5000);
  }

  private static Map<String, Object> event() {
    return new HashMap<>(
        Map.of(
            "EventID", 22,
            "UtcTime", TIME,
            "SourceName", "Microsoft-Windows-Sysmon",
            "Channel", "Microsoft-Windows-Sysmon/Operational",
            "Hostname", "WIN-1",
            "Image", "C:\\x.exe",
            "QueryName", "pastebin.com",
            "QueryStatus", "0",
            "QueryResults", "-"));
  }

  private DetectRun explain(String... args) {
    List<String> words =
        new ArrayList<>(
            List.of("explain", search.log().toString(), "--sql", search.sql().toString()));
    words.addAll(Arrays.asList(args));
    DetectRun run = DetectRun.of(words.toArray(String[]::new));
    String out =
        run.out()
            .replace(search.log().toString(), "events.ndjson")
            .replace("file:events", "events")
            .replaceAll("events.ndjson at [1-9][0-9,]*", "events.ndjson");
    return new DetectRun(run.status(), out, run.err());
  }
}
