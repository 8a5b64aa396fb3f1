package io.sysmonflink.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.catalog.Samples;
import io.sysmonflink.jobs.report.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line from end to end, over events that need no decoding. */
class BackfillITCase {

  private static final String FILTER = "filters/windows_abused_web_services_filter.sql";
  private static final String TEMP = "C:\\Users\\bob\\AppData\\Local\\Temp\\x.exe";

  @TempDir private Path folder;
  private SearchFolder search;

  @BeforeEach
  void createFolder() throws IOException {
    search = new SearchFolder(folder);
  }

  @Test
  void resultsRiskAndDeadLettersAreWrittenAndReplacedByTheNextRun() throws IOException {
    search
        .dns("2024-09-30 10:00:00.123", TEMP, "pastebin.com", "WIN-1")
        .dns("2024-10-02 11:00:00", TEMP, "pastebin.com", "WIN-1")
        .dns("2024-09-30 10:00:00", "C:\\app.exe", "a.NGROK.io", "WIN-2")
        // before the first and at the last moment of the search
        .dns("2024-09-29 23:59:59.999", TEMP, "pastebin.com", "WIN-3")
        .dns("2024-10-03 00:00:00", TEMP, "pastebin.com", "WIN-3")
        .event(1, "2024-09-30 10:00:00", Map.of("Image", TEMP))
        .line("{\"EventID\":22, oops");
    Path out = folder.resolve("out folder");

    DetectRun run = backfill("--output", out.toString());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(
            "7 records read",
            "5 decoded: nxlog (5), 1 of other event ids skipped: 1",
            "providers of the decoded events: Microsoft-Windows-Sysmon (5)",
            "1 dead letters: ",
            "suspicious_process_dns_query_known_abuse_web_services: 2 events in 1 row",
            "windows_abused_web_services: 3 events in 2 rows",
            "5 risk events");
    JsonNode row =
        rows(out, "detection_results/suspicious_process_dns_query_known_abuse_web_services").get(0);
    assertThat(row)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"detection": "suspicious_process_dns_query_known_abuse_web_services",
                     "Image": "C:\\\\Users\\\\bob\\\\AppData\\\\Local\\\\Temp\\\\x.exe", "QueryName": "pastebin.com",
                     "QueryStatus": "0", "process_name": "x.exe", "QueryResults": "::ffff:192.0.2.1;", "dest": "WIN-1",
                     "count": 2, "firstTime": "2024-09-30T10:00:00", "lastTime": "2024-10-02T11:00:00",
                     "first_seen": "2024-09-30T10:00:00.123Z", "last_seen": "2024-10-02T11:00:00Z",
                     "activity": [
                       {"day": "2024-09-30", "firstTime": "2024-09-30T10:00:00.123Z", "count": 1},
                       {"day": "2024-10-02", "firstTime": "2024-10-02T11:00:00Z", "count": 1}],
                     "info_min_time": "2024-09-30T00:00:00Z", "info_max_time": "2024-10-03T00:00:00Z"}
                    """));
    List<JsonNode> risk = rows(out, "risk_events");
    assertThat(risk)
        .extracting(event -> event.get("id").asText())
        .doesNotHaveDuplicates()
        .hasSize(5);
    assertThat(risk)
        .filteredOn(event -> event.get("severity").asText().equals("high"))
        .extracting(
            event -> event.get("_time").asText(),
            event -> event.get("risk_message").asText(),
            event ->
                event.get("risk_object").asText() + " " + event.get("risk_object_type").asText(),
            event -> event.get("threat_object") + " " + event.get("threat_object_type"),
            event -> event.at("/annotations/mitre_attack").toString(),
            event -> event.at("/fields/QueryName").asText())
        .containsExactlyInAnyOrder(
            tuple(
                "2024-09-30T10:00:00.123Z",
                "suspicious process x.exe has a dns query in pastebin.com on WIN-1",
                "WIN-1 system",
                "[\"x.exe\"] [\"process\"]",
                "[\"T1059.005\",\"T1059\"]",
                "pastebin.com"),
            tuple(
                "2024-10-02T11:00:00Z",
                "suspicious process x.exe has a dns query in pastebin.com on WIN-1",
                "WIN-1 system",
                "[\"x.exe\"] [\"process\"]",
                "[\"T1059.005\",\"T1059\"]",
                "pastebin.com"));
    assertThat(rows(out, "dead_letter").get(0).get("raw_payload").binaryValue())
        .asString(UTF_8)
        .isEqualTo("{\"EventID\":22, oops");

    DetectRun again = backfill("--output", out.toString());

    assertThat(again.status()).isZero();
    assertThat(rows(out, "risk_events")).containsExactlyInAnyOrderElementsOf(risk);

    Files.writeString(search.log(), "");
    assertThat(backfill("--output", out.toString()).status()).isZero();
    assertThat(rows(out, "risk_events")).isEmpty();
    assertThat(rows(out, "dead_letter")).isEmpty();
  }

  @Test
  void theConsoleShowsTablesNewestFirstAndLeavesNothingBehind() throws IOException {
    search
        .dns("2024-09-30 10:00:00", "C:\\a.exe", "discord.com", "WIN-1")
        .dns("2024-10-01 10:00:00", "C:\\b\u001b[31m.exe", "discord.com", "WIN-1")
        .dns("2024-10-01 10:00:00.5", "C:\\c.exe", "discord.com", "WIN-1");
    long before = temporaryFolders();

    DetectRun run = backfill();

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsSubsequence(
            "Suspicious Process DNS Query Known Abuse Web Services: 0 rows",
            "(no results)",
            "Windows Abused Web Services: 3 rows")
        .filteredOn(line -> line.startsWith("C:"))
        .extracting(line -> line.substring(0, line.indexOf("  ")))
        .containsExactly("C:\\c.exe", "C:\\b<U+001B>[31m.exe", "C:\\a.exe");
    assertThat(run.out()).doesNotContain("activity", "info_min_time");
    assertThat(temporaryFolders()).isEqualTo(before);
  }

  @Test
  void theConsolePrintsCsvAndJsonForPrograms() throws IOException {
    search
        .sql("detections/sample.sql", Samples.SQL)
        .sql("detections/sample.yml", Samples.YAML)
        .dns("2024-09-30 10:00:00", "C:\\a, \"b\".exe", "discord.com", "WIN-1")
        .event(
            1,
            "2024-09-30 10:00:00",
            Map.of("Image", "C:\\p.exe", "CommandLine", "p -enc x", "Hostname", "WIN-1"));

    DetectRun csv = backfill("--format", "csv");
    DetectRun none = backfill("--format", "CSV", "--dest", "nobody");
    DetectRun json = backfill("--format", "json");

    String header =
        "detection,Image,dest,count,firstTime,lastTime,QueryName,QueryStatus,process_name,QueryResults";
    assertThat(csv.out().lines())
        .containsExactly(
            header,
            "sample,C:\\p.exe,WIN-1,1,2024-09-30T10:00:00,2024-09-30T10:00:00,,,,",
            "windows_abused_web_services,\"C:\\a, \"\"b\"\".exe\",WIN-1,1,2024-09-30T10:00:00,2024-09-30T10:00:00,"
                + "discord.com,0,\"a, \"\"b\"\".exe\",::ffff:192.0.2.1;");
    assertThat(none.out().lines()).containsExactly(header);
    assertThat(json.out().lines())
        .extracting(line -> new ObjectMapper().readTree(line).at("/activity/0/count").asInt())
        .containsExactly(1, 1);
    assertThat(backfill("--format", "csv", "--output", folder.resolve("out").toString()).err())
        .contains("--format says how results are printed");
  }

  @Test
  void hostileValuesStayData() throws IOException {
    String hostile = "x' OR 'a'='a";
    search
        .dns("2024-09-30 10:00:00", "C:\\it's\\a.exe", "discord.com", "WIN-1")
        .dns("2024-09-30 10:00:00", "C:\\a.exe", "discord.com", hostile)
        .sql(
            FILTER,
            "SELECT * FROM windows_abused_web_services WHERE NOT WILDCARD_IN(Image, '${allowed}')");
    String[] search = {
      "--detection", "windows_abused_web_services", "--set", "allowed=it's') OR TRUE --"
    };

    DetectRun one = backfill(concat(search, "--dest", hostile.toUpperCase(Locale.ROOT)));
    DetectRun all = backfill(concat(search, "--dest", "*"));

    assertThat(one.err()).contains("windows_abused_web_services: 1 event in 1 row");
    assertThat(one.out()).contains(hostile).doesNotContain("WIN-1");
    assertThat(all.err()).contains("windows_abused_web_services: 2 events in 2 rows");
  }

  @Test
  void aDropInOnAnotherEventIdNeedsNoJava() throws IOException {
    search
        .sql("detections/sample.sql", Samples.SQL)
        .sql("detections/sample.yml", Samples.YAML)
        .event(
            1,
            "2024-09-30 10:00:00",
            Map.of("Image", "C:\\p.exe", "CommandLine", "p -enc x", "Hostname", "WIN-1"));
    Path out = folder.resolve("out");

    DetectRun run = backfill("--detection", "sample", "--output", out.toString());

    assertThat(run.err()).contains("sample: 1 event in 1 row", "1 risk event");
    JsonNode event = rows(out, "risk_events").get(0);
    assertThat(event.get("risk_message").asText()).isEqualTo("C:\\p.exe ran on WIN-1");
    assertThat(event.get("analyticstories").isNull()).isTrue();
    assertThat(event.get("fields")).hasSize(2);

    // Without a victim there is nothing at risk, and nothing of the run before may stay.
    search.sql("detections/sample.yml", Samples.YAML.replace("[Victim]", "[Attacker]"));

    DetectRun again = backfill("--detection", "sample", "--output", out.toString());

    assertThat(again.err()).contains("sample: 1 event in 1 row", "0 risk events");
    assertThat(rows(out, "risk_events")).isEmpty();
  }

  /** As after Elastic's pipeline, which loses QueryResults. */
  @Test
  void eventsThatStatsDropsAreToldByTheFieldThatTheyLack() throws IOException {
    Map<String, String> near =
        Map.of("Image", TEMP, "QueryName", "pastebin.com", "QueryStatus", "0", "Hostname", "WIN-1");
    search
        .event(22, "2024-09-30 10:00:00", near)
        .event(22, "2024-10-01 10:00:00", near)
        .event(22, "2024-10-02 10:00:00", with(near, "Hostname", ""))
        // these meet no WHERE, or come too late
        .event(22, "2024-10-02 10:00:00", with(near, "QueryName", "example.com"))
        .event(22, "2024-10-02 10:00:00", with(near, "QueryName", ""))
        .event(22, "2024-10-03 10:00:00", near);
    String abused = "windows_abused_web_services";
    String suspicious = "suspicious_process_dns_query_known_abuse_web_services";
    String lack =
        ": %s2 events matched and lack QueryResults, 1 lacks QueryResults and dest, so that stats drops them";

    DetectRun none = backfill();

    assertThat(none.status()).as(none.err()).isZero();
    assertThat(none.err().lines())
        .contains(
            abused + lack.formatted("no results: "), suspicious + lack.formatted("no results: "));

    search.dns("2024-09-30 10:00:00", "C:\\app.exe", "discord.com", "WIN-2");
    Path out = folder.resolve("out");
    DetectRun some = backfill("--output", out.toString(), "--fail-on", "unfilled");

    assertThat(some.status()).as(some.err()).isEqualTo(3);
    assertThat(some.err().lines())
        .containsSubsequence(
            suspicious + lack.formatted("no results: "),
            abused + ": 1 event in 1 row",
            abused + lack.formatted(""),
            "detect: done, but not all could be read: events without what a search needs: 6 (unfilled):"
                + " exit status 3 (--fail-on rules that)");
    JsonNode summary = new ObjectMapper().readTree(out.resolve("summary.json").toFile());
    assertThat(summary.get("not_all_read")).hasToString("[\"unfilled\"]");
    assertThat(summary.at("/detections/1/lacking"))
        .hasToString("{\"QueryResults\":2,\"QueryResults, dest\":1}");
    assertThat(rows(out, "detection_results/" + abused)).hasSize(1);
    assertThat(rows(out, "risk_events")).hasSize(1);
    assertThat(rows(out, "search_summary"))
        .filteredOn(row -> row.get("detection").asText().equals(abused))
        .extracting(JsonNode::toString)
        .map(row -> row.substring(row.indexOf("\"rows")))
        .containsExactlyInAnyOrder(
            "\"rows\":1,\"events\":1,\"lacking\":null,\"unfilled\":0}",
            "\"rows\":0,\"events\":0,\"lacking\":\"QueryResults\",\"unfilled\":2}",
            "\"rows\":0,\"events\":0,\"lacking\":\"QueryResults, dest\",\"unfilled\":1}");
  }

  private static Map<String, String> with(Map<String, String> event, String field, String value) {
    Map<String, String> changed = new HashMap<>(event);
    changed.put(field, value);
    return changed;
  }

  /** Each line: what the log holds, an option, the exit status, and the last line that says why. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                    | unfilled           | 0 | risk events
          noise                 | none               | 0 | risk events
          noise                 | no-events          | 3 | no record could be read as a Windows event (no-events): exit status 3
          {"EventID":1} noise   | no-events          | 0 | risk events
          {"EventID":1} noise   | dead-letters=50%   | 0 | risk events
          {"EventID":1} noise   | dead-letters=49.9% | 3 | dead letters among 2 records: 1 (dead-letters): exit status 3
          """)
  void theStatusSaysWhatCouldNotBeRead(String records, String failOn, int status, String told)
      throws IOException {
    Files.writeString(search.log(), records.replace(' ', '\n'));
    Path out = folder.resolve("out");

    DetectRun run = backfill("--output", out.toString(), "--fail-on", failOn);

    assertThat(run.status()).as(run.err()).isEqualTo(status);
    assertThat(run.err().lines().toList()).last().asString().contains(told);
    assertThat(out.resolve("summary.json")).exists();
    assertThat(run.err().contains("warning: nothing was read: the input is empty"))
        .isEqualTo(records.isEmpty());
  }

  @Test
  void whatCannotBeReadCostsNothingBesideItAndEndsAStrictRun() throws IOException {
    search.dns("2024-09-30 10:00:00", TEMP, "pastebin.com", "WIN-1");
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Files.move(search.log(), logs.resolve("_named.ndjson"));
    Files.createSymbolicLink(logs.resolve("dangling\nlog"), Path.of("nowhere"));
    Files.write(logs.resolve("cut.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
    Files.createSymbolicLink(logs.resolve("again"), Path.of("."));
    Path out = folder.resolve("out");
    String[] arguments = {
      "backfill",
      "--input",
      logs.toString(),
      logs + "/_named.ndjson",
      "--from",
      "2024-09-30",
      "--to",
      "2024-10-03",
      "--output",
      out.toString(),
      "--parallelism",
      "1"
    };

    DetectRun run = DetectRun.of(arguments);

    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.err().lines())
        .contains(
            "detect: read once: 1 name that --input or a link leads to again; the first is file:"
                + logs
                + "/again",
            "not all of file:"
                + logs
                + "/cut.gz was read: it cannot be read further: it ends too early",
            "not all of file:"
                + logs
                + "/dangling<U+000A>log was read: it is a link that leads nowhere",
            "windows_abused_web_services: 1 event in 1 row");
    assertThat(rows(out, "dead_letter"))
        .hasSize(2)
        .allMatch(row -> row.get("error_type").asText().equals("unreadable_file"))
        .allMatch(row -> row.get("raw_payload").isNull());

    DetectRun strict = DetectRun.of(concat(arguments, "--strict"));

    assertThat(strict.status()).isEqualTo(1);
    assertThat(strict.err())
        .containsPattern(
            "(?m)^detect: the job failed: cannot read file:" + logs + "/(cut|dangling)");
    try (Stream<Path> left = Files.walk(out)) {
      assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith(".staging_"));
    }
    assertThat(
            DetectRun.of("backfill", "--input", logs.toString(), "--output", logs + "/out").err())
        .contains("lies in the input")
        .hasLineCount(1);
  }

  @Test
  void aSpreadsheetIsGivenNoFormulas() throws IOException {
    search.dns("2024-09-30 10:00:00", "=cmd|' /C calc'!A0", "discord.com", "-WIN");

    assertThat(backfill("--format", "csv-excel").out().lines().toList().get(1))
        .startsWith("windows_abused_web_services,'=cmd|' /C calc'!A0,discord.com,0,")
        .contains(",'-WIN,1,");
    assertThat(backfill("--format", "csv").out()).contains(",=cmd|' /C calc'!A0,", ",-WIN,1,");
  }

  @Test
  void aJobThatFailsSaysWhyInOneLine() throws IOException {
    search
        .dns("2024-09-30 10:00:00", TEMP, "discord.com", "WIN-1")
        .sql(FILTER, "SELECT * FROM windows_abused_web_services WHERE 10 / (`count` - 1) > 0");

    DetectRun run = backfill();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("detect: the job failed: ")
        .contains("/ by zero")
        .hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(backfill("--verbose").err()).contains("\tat ");
  }

  @Test
  void aSinkThatFlinkDoesNotKnowIsTheUsersMistake() throws IOException {
    search.sql(
        "sinks/files/dead_letter.sql",
        "CREATE TEMPORARY TABLE dead_letter (error_type STRING) WITH ('connector' = 'no-such')");

    DetectRun run = backfill("--output", folder.resolve("out").toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("dead_letter", "no-such").hasLineCount(1);
  }

  private DetectRun backfill(String... more) {
    String[] args = {
      "backfill",
      "--input",
      search.log().toString(),
      "--sql",
      search.sql().toString(),
      "--from",
      "2024-09-30",
      "--to",
      "2024-10-03",
      "--parallelism",
      "2",
      "--width",
      "0"
    };
    return DetectRun.of(concat(args, more));
  }

  private static String[] concat(String[] one, String... other) {
    return Stream.of(one, other).flatMap(Stream::of).toArray(String[]::new);
  }

  private static List<JsonNode> rows(Path out, String table) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (OutputFolder output = OutputFolder.of(out.toString())) {
      output.forEachRow(table, rows::add);
    }
    return rows;
  }

  private static long temporaryFolders() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith("detect-")).count();
    }
  }
}
