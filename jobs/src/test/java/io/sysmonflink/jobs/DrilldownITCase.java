package io.sysmonflink.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.catalog.Samples;
import io.sysmonflink.jobs.oracle.RiskSummary;
import io.sysmonflink.jobs.report.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drilldowns over what runs of the command line wrote to files. */
class DrilldownITCase {

  private static final String TEMP = "C:\\Users\\bob\\AppData\\Local\\Temp\\x.exe";

  @TempDir private static Path folder;
  private static SearchFolder search;
  private static String first;
  private static String later;

  @BeforeAll
  static void search() throws IOException {
    search = new SearchFolder(folder);
    search
        .dns("2024-09-30 10:00:00.123", TEMP, "pastebin.com", "WIN-1")
        .dns("2024-10-01 08:00:00", TEMP, "pastebin.com", "WIN-1")
        .dns("2024-10-01 11:00:00", TEMP, "pastebin.com", "WIN-1")
        .dns("2024-10-03 10:00:00", TEMP, "pastebin.com", "WIN-1")
        .dns("2024-10-04 10:00:00", "C:\\app.exe", "a.ngrok.io", "WIN-1")
        .dns("2024-10-01 10:00:00", "C:\\app.exe", "a.ngrok.io", "Win-1.corp.example")
        .dns("2024-10-01 10:00:00", TEMP, "discord.com", "other'--")
        .event(
            1,
            "2024-10-01 10:00:00",
            Map.of("Image", TEMP, "CommandLine", "-enc", "Hostname", "WIN-1"))
        .event(
            1,
            "2024-10-01 10:00:01",
            Map.of("Image", "C:\\y.exe", "CommandLine", "-enc", "Hostname", "WIN-1"))
        .event(
            1,
            "2024-10-01 23:59:59",
            Map.of("Image", TEMP, "CommandLine", "-enc", "Hostname", "win-2"));
    withSample(Samples.YAML.replace("T1059.001", "T1059.001, T9999.001"));
    first = run("found-1", "--from", "2024-09-30", "--to", "2024-10-02");
    // The day that both tell begins later here.
    later = run("found-2", "--from", "2024-10-01T10:30:00Z", "--to", "2024-10-05");
  }

  @Test
  void resultsAreThoseOfTheSearchThatMadeTheNewestRow() throws IOException {
    assertThat(results("win-1", first))
        .contains(TEMP + ",WIN-1,3,2024-09-30T10:00:00,2024-10-01T11:00:00,pastebin.com")
        .doesNotContain("ngrok");
    // The sample's newest row is one of the first run; each detection has its own range.
    assertThat(results("win-1", first, later).lines().filter(line -> !line.startsWith("sample")))
        .containsExactlyElementsOf(
            found("win-1", "--from", "2024-10-01T10:30:00Z", "--to", "2024-10-05").lines().toList())
        .anyMatch(line -> line.contains("ngrok"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"' OR '1'='1", "${output}", "WIN_1"})
  void aHostileHostStaysData(String host) throws IOException {
    DetectRun results =
        drilldown("results", host, "--results", later, "--input", search.log().toString());
    DetectRun risk = drilldown("risk", host, "--results", later, "--to", "2024-10-05");

    assertThat(results.err()).isEqualTo("detect: no result of %s was written%n".formatted(host));
    assertThat(results.out()).isEmpty();
    assertThat(risk.out()).isEmpty();
    assertThat(drilldown("risk", host, "--results", later, "--format", "csv").out()).isEmpty();
  }

  /** Each line: the host asked for, when, and how many hosts are found. */
  @ParameterizedTest
  @CsvSource({
    "win-1, 2024-10-01, 1",
    "WIN-1.corp, 2024-10-06, 1",
    "*, 2024-10-06, 4",
    "*, 2024-10-08T10:30:00Z, 2",
    "corp, 2024-10-06, 0"
  })
  void riskIsWhatThePlainSumsSay(String host, String to, int hosts) throws IOException {
    List<String> found = List.of(first, later);

    List<String> arguments = new ArrayList<>(List.of("--to", to, "--results"));
    arguments.addAll(found);
    DetectRun run = drilldown("risk", host, arguments.toArray(String[]::new));

    List<RiskSummary> expected = new ArrayList<>();
    Instant latest = Instant.parse(to.contains("T") ? to : to + "T00:00:00Z");
    for (RiskSummary summary : RiskSummary.of(riskEvents(found), latest)) {
      String name = summary.normalizedRiskObject();
      String asked = host.toLowerCase(Locale.ROOT);
      if (host.equals("*") || name.equals(asked) || name.startsWith(asked + ".")) {
        expected.add(summary);
      }
    }
    assertThat(expected).hasSize(hosts);
    assertThat(RiskSummary.parse(run.out())).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void throttledRiskCountsOnceForItsFieldsAndPeriod() throws IOException {
    withSample(
        Samples.YAML.replace(
            "product: []", "product: []\n  throttling: {fields: [dest], period: 24h}"));
    String all =
        run("found", "--detection", "sample", "--from", "2024-09-30", "--to", "2024-10-05");

    // Two rows of WIN-1 on one day: the earlier one's event counts.
    assertThat(riskEvents(List.of(all)))
        .extracting(e -> e.get("risk_object").asText() + " " + e.get("risk_message").asText())
        .containsExactlyInAnyOrder(
            "WIN-1 " + TEMP + " ran on WIN-1", "win-2 " + TEMP + " ran on win-2");

    String part =
        run("part", "--detection", "sample", "--from", "2024-10-01", "--to", "2024-10-02");
    assertThat(riskEvents(List.of(part)))
        .extracting(event -> event.get("id").asText())
        .containsExactlyInAnyOrderElementsOf(
            riskEvents(List.of(all)).stream().map(event -> event.get("id").asText()).toList());
  }

  @Test
  void throttlingByAnotherFieldCountsHostsTogether() throws IOException {
    withSample(
        Samples.YAML.replace(
            "product: []", "product: []\n  throttling: {fields: [Image], period: 48h}"));
    String all =
        run("together", "--detection", "sample", "--from", "2024-09-30", "--to", "2024-10-05");

    assertThat(riskEvents(List.of(all)))
        .extracting(event -> event.get("risk_message").asText())
        .containsExactlyInAnyOrder(TEMP + " ran on WIN-1", "C:\\y.exe ran on WIN-1");
  }

  /** Each line: what stands in a file below the folder, and the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          risk    | risk_events/part         | {"id":          | cannot be read: Failed to deserialize JSON
          results | detection_results/x/part | {"dest":        | cannot be read: Failed to deserialize JSON
          results | detection_results/x/part | {"dest": "any"} | a result does not say which search made it
          risk    | risk_events              | a file          | holds no risk_events
          """)
  void whatNoRunWroteIsToldWithItsFolder(
      String which, String file, String text, String message, @TempDir Path bad)
      throws IOException {
    Path written = bad.resolve(file);
    Files.createDirectories(written.getParent());
    Files.writeString(written, text);
    List<String> arguments =
        new ArrayList<>(List.of("drilldown", which, "--dest", "any", "--results", bad.toString()));
    if (which.equals("results")) {
      arguments.addAll(List.of("--input", search.log().toString()));
    }

    DetectRun run = DetectRun.of(arguments.toArray(String[]::new));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("detect: --results " + bad).contains(message).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          risk --dest x                                | give either --results DIR or --brokers H:P
          risk --dest x --results FOLDER               | holds no risk_events; it must be a folder that
          risk --dest x --results FOLDER/no            | there is no such folder
          risk --results FOLDER                        | Missing required option: '--dest=HOST'
          results --dest x --results FOLDER --input .  | holds no detection_results; it must be a folder that
          results --dest x --results FOLDER            | give the logs to search again, either --input URI or --topic T
          results --dest x --input .                   | give where results were written, either --results DIR or
          """)
  void whatIsMissingIsTold(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("drilldown"));
    Arrays.stream(arguments.split(" ", -1))
        .map(argument -> argument.replace("FOLDER", folder.toString()))
        .forEach(all::add);

    DetectRun run = DetectRun.of(all.toArray(String[]::new));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("detect: ").contains(message);
  }

  private static void withSample(String yaml) throws IOException {
    search.sql("detections/sample.sql", Samples.SQL).sql("detections/sample.yml", yaml);
  }

  /** A backfill into a folder of this name. */
  private static String run(String name, String... more) {
    String output = folder.resolve(name).toString();
    backfill(more, "--output", output);
    return output;
  }

  /** A backfill of one host, as CSV. */
  private static String found(String host, String... more) {
    return backfill(more, "--dest", host, "--format", "csv").out();
  }

  private static DetectRun backfill(String[] more, String... others) {
    List<String> arguments =
        new ArrayList<>(List.of("backfill", "--input", search.log().toString()));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of(others));
    return detect(arguments);
  }

  private static String results(String host, String... found) {
    List<String> arguments = new ArrayList<>(List.of("--format", "csv", "--results"));
    arguments.addAll(List.of(found));
    arguments.addAll(List.of("--input", search.log().toString()));
    return drilldown("results", host, arguments.toArray(String[]::new)).out();
  }

  private static DetectRun drilldown(String which, String host, String... more) {
    List<String> arguments = new ArrayList<>(List.of("drilldown", which, "--dest", host));
    if (which.equals("risk") && !List.of(more).contains("--format")) {
      arguments.addAll(List.of("--format", "json"));
    }
    arguments.addAll(List.of(more));
    return detect(arguments);
  }

  private static DetectRun detect(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--sql", search.sql().toString(), "--parallelism", "1"));
    DetectRun run = DetectRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private static List<JsonNode> riskEvents(List<String> folders) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String location : folders) {
      try (OutputFolder output = OutputFolder.of(location)) {
        output.forEachRow("risk_events", events::add);
      }
    }
    return events;
  }
}
