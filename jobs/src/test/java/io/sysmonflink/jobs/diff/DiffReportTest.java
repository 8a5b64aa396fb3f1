package io.sysmonflink.jobs.diff;

import static io.sysmonflink.jobs.diff.DiffRun.ABUSED;
import static io.sysmonflink.jobs.diff.DiffRun.SUSPICIOUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.diff.DiffRun.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the report says of rows on both sides. */
class DiffReportTest {

  private static final Row CMD = Row.of("C:\\Windows\\cmd.exe", "pastebin.com");
  private static final Row CHROME = Row.of("C:\\chrome.exe", "discord.com");
  private static final Row SLASHES = Row.of("C:/Temp/cmd.exe", "discord.com");

  @TempDir Path folder;

  /**
   * A case: its name, the detection, Splunk's rows, the rows here, and the report: {@code same},
   * then each row that is not the same as {@code GROUP QueryName (column...) [known
   * difference...]}.
   */
  static Stream<Arguments> cases() {
    Row later = CMD.between("2024-11-12T10:41:28", "2024-11-15T08:30:55");
    return Stream.of(
        arguments("nothing", ABUSED, List.of(), List.of(), List.of("0")),
        arguments("same", ABUSED, List.of(CMD, CHROME), List.of(CHROME, CMD), List.of("2")),
        arguments(
            "one each",
            ABUSED,
            List.of(CMD),
            List.of(CHROME),
            List.of("0", "splunk pastebin.com []", "here discord.com []")),
        arguments(
            "letters of another case are another key",
            ABUSED,
            List.of(Row.of(CMD.image(), "PasteBin.com")),
            List.of(CMD),
            List.of("0", "splunk PasteBin.com []", "here pastebin.com []")),
        arguments(
            "another count and time",
            ABUSED,
            List.of(CMD.counted(3).between("2024-11-12T09:41:29", CMD.last())),
            List.of(CMD),
            List.of("0", "pastebin.com.count []", "pastebin.com.firstTime []")),
        arguments(
            "process_name of a path with slashes",
            ABUSED,
            List.of(SLASHES.named("C:/Temp/cmd.exe")),
            List.of(SLASHES.named("cmd.exe")),
            List.of("0", "discord.com.process_name [process_name]")),
        arguments(
            "process_name that normalising does not explain",
            ABUSED,
            List.of(CMD.named("other.exe")),
            List.of(CMD),
            List.of("0", "splunk pastebin.com []", "here pastebin.com []")),
        arguments(
            "matched only because it was normalised",
            SUSPICIOUS,
            List.of(CMD),
            List.of(CMD, SLASHES.named("cmd.exe")),
            List.of("1", "here discord.com [path]")),
        arguments(
            "a search that asks for no path",
            ABUSED,
            List.of(CMD),
            List.of(CMD, SLASHES.named("cmd.exe")),
            List.of("1", "here discord.com []")),
        arguments(
            "an empty value",
            ABUSED,
            List.of(CMD, Row.of("", "discord.com")),
            List.of(CMD),
            List.of("1", "splunk discord.com [empty_value]")),
        arguments(
            "before and after the range, at its ends, and over its start",
            ABUSED,
            List.of(
                CMD.between("2024-11-10T23:00:00", CMD.last()),
                Row.of("a", "before").between("2024-11-10T00:00:00", "2024-11-10T23:59:59"),
                Row.of("a", "first").between("2024-11-11T00:00:00", "2024-11-11T00:00:00"),
                Row.of("a", "last").between("2024-11-24T23:59:59", "2024-11-24T23:59:59"),
                Row.of("a", "next").between("2024-11-25T00:00:00", "2024-11-26T00:00:00")),
            List.of(CMD),
            List.of(
                "0",
                "splunk before [time_range]",
                "splunk first []",
                "splunk last []",
                "splunk next [time_range]",
                "pastebin.com.firstTime [time_range]")),
        arguments(
            "times of another zone",
            ABUSED,
            List.of(later, CHROME.between("2024-11-12T10:41:28", "2024-11-15T08:30:55")),
            List.of(CMD, CHROME),
            List.of(
                "0",
                "pastebin.com.firstTime [time_zone]",
                "pastebin.com.lastTime [time_zone]",
                "discord.com.firstTime [time_zone]",
                "discord.com.lastTime [time_zone]")),
        arguments(
            "one of three shifted by an hour is no zone",
            ABUSED,
            List.of(later, CHROME, SLASHES),
            List.of(CMD, CHROME, SLASHES),
            List.of("2", "pastebin.com.firstTime []", "pastebin.com.lastTime []")),
        arguments(
            "what wildcards and a slip of the published search explain",
            ABUSED,
            List.of(CMD),
            List.of(
                CMD, Row.of("C:\\a.exe", "x\npastebin.com"), Row.of("C:\\a.exe", "Textbin.net")),
            List.of("1", "here Textbin.net [textbin]", "here x\npastebin.com [new_line]")),
        arguments(
            "the same row twice",
            ABUSED,
            List.of(CMD.counted(9), CMD, CHROME),
            List.of(CMD, CHROME),
            List.of("2", "splunk pastebin.com []")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void tells(String name, String detection, List<Row> splunk, List<Row> here, List<String> expected)
      throws IOException {
    Path export = Files.writeString(folder.resolve("export.csv"), DiffRun.csv(splunk));
    Path output = DiffRun.output(folder.resolve("found"), detection, here);

    DiffRun run = DiffRun.of(export, output, "--detection", detection, "--format", "json");

    assertThat(told(run.json())).as(run.out()).containsExactlyElementsOf(expected);
    assertThat(run.status()).isEqualTo(expected.size() == 1 ? 0 : 1);
  }

  static List<String> told(JsonNode report) {
    List<String> told = new ArrayList<>(List.of(report.required("same").asText()));
    report.required("only_in_splunk").forEach(row -> told.add("splunk " + told(row, "", row)));
    report.required("only_here").forEach(row -> told.add("here " + told(row, "", row)));
    for (JsonNode row : report.required("different")) {
      row.required("columns")
          .properties()
          .forEach(column -> told.add(told(row, "." + column.getKey(), column.getValue())));
    }
    return told;
  }

  private static String told(JsonNode row, String column, JsonNode explained) {
    List<String> known = new ArrayList<>();
    explained.required("known_differences").forEach(code -> known.add(code.asText()));
    return "%s%s %s".formatted(row.required("QueryName").asText(), column, known);
  }

  @Test
  void aRoundNumberOfRowsMayBeCutOffOnlyWhereRowsLack() throws IOException {
    List<Row> rows =
        IntStream.range(0, 101).mapToObj(i -> Row.of("C:\\" + i + ".exe", "t.me")).toList();
    Path export = Files.writeString(folder.resolve("e.csv"), DiffRun.csv(rows.subList(0, 100)));
    Path all = DiffRun.output(folder.resolve("all"), ABUSED, rows);
    Path part = DiffRun.output(folder.resolve("part"), ABUSED, rows.subList(0, 100));

    DiffRun lacking = DiffRun.of(export, all, "--format", "json");

    assertThat(lacking.json().required("notes").toString()).contains("exactly 100 rows");
    assertThat(told(lacking.json())).containsExactly("100", "here t.me [cut_off]");
    assertThat(DiffRun.of(export, part).out()).doesNotContain("cut off");
  }

  @Test
  void anHourThatComesTwiceIsEitherOfTheTwo() throws IOException {
    // In Berlin clocks went from 03:00 back to 02:00 on 27 October 2024.
    Row here = CMD.between("2024-10-27T00:30:00", "2024-10-27T01:30:00");
    Row splunk = CMD.between("2024-10-27T02:30:00", "2024-10-27T02:30:00");
    Path export = Files.writeString(folder.resolve("e.csv"), DiffRun.csv(List.of(splunk)));
    Path output = DiffRun.output(folder.resolve("o"), ABUSED, List.of(here));

    assertThat(DiffRun.of(export, output, "--time-zone", "Europe/Berlin").status()).isZero();
    assertThat(DiffRun.of(export, output, "--time-zone", "+01:00").status()).isEqualTo(1);
  }

  @Test
  void suggestsTheZoneThatMakesTheTimesEqual() throws IOException {
    Row splunk = CMD.between("2024-11-12T04:11:28", "2024-11-15T02:00:55");
    Path export = Files.writeString(folder.resolve("e.csv"), DiffRun.csv(List.of(splunk)));
    Path output = DiffRun.output(folder.resolve("o"), ABUSED, List.of(CMD));

    String note = DiffRun.of(export, output).out();

    assertThat(note).contains("most times of the export are 5:30 h behind ours");
    assertThat(note).contains("--time-zone=-05:30");
    assertThat(DiffRun.of(export, output, "--time-zone=-05:30").status()).isZero();
  }

  @Test
  void namesTwoSeasonsWhereAnHourIsBetweenThem() throws IOException {
    List<Row> here =
        Collections.nCopies(1, CMD.between("2024-10-20T08:00:00", "2024-11-20T08:00:00"));
    List<Row> splunk = List.of(CMD.between("2024-10-20T10:00:00", "2024-11-20T09:00:00"));
    Path export = Files.writeString(folder.resolve("e.csv"), DiffRun.csv(splunk));
    Path output = DiffRun.output(folder.resolve("o"), ABUSED, here);

    assertThat(DiffRun.of(export, output).out()).contains("or an hour from that");
    assertThat(DiffRun.of(export, output, "--time-zone", "Europe/Berlin").status()).isZero();
  }

  @Test
  void tablesShowEveryValueSafely() throws IOException {
    Row evil = Row.of("C:\\\u001b[2J\u202egpj.exe", "x".repeat(5_000) + "\npastebin.com");
    Path export = Files.writeString(folder.resolve("e.csv"), DiffRun.csv(List.of(evil)));
    Path output = DiffRun.output(folder.resolve("o"), ABUSED, List.of(CMD));

    DiffRun run = DiffRun.of(export, output);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("only in Splunk: 1 row", "only here: 1 row", "<U+001B>[2J<U+202E>gpj.exe")
        .contains("searched from 2024-11-11T00:00:00Z to 2024-11-25T00:00:00Z")
        .doesNotContain("\u001b", "x".repeat(200));
    assertThat(DiffRun.of(export, output, "--format", "json").out()).doesNotContain("\u202e");
  }

  @Test
  void timesThatNameTheirZoneNeedNone() throws IOException {
    Row splunk = CMD.between("1731404488.081", "2024-11-15T08:30:55.092+01:00");
    Path export = Files.writeString(folder.resolve("e.csv"), DiffRun.csv(List.of(splunk)));
    Path output = DiffRun.output(folder.resolve("o"), ABUSED, List.of(CMD));

    assertThat(DiffRun.of(export, output, "--time-zone", "America/New_York").status()).isZero();
  }

  @Test
  void theExportInTheTestDataShowsEveryGroup() throws IOException {
    Path here = Path.of("testdata");
    Path testdata = Files.exists(here) ? here : Path.of("..", "testdata");
    Path results = Files.createDirectories(folder.resolve("found/detection_results/" + ABUSED));
    String range =
        ", \"info_min_time\": \"2024-11-11T00:00:00Z\", \"info_max_time\": \"2024-11-25T00:00:00Z\"}";
    List<String> rows =
        Files.readAllLines(testdata.resolve("logs_expected/" + ABUSED + ".jsonl")).stream()
            .map(row -> row.replaceAll("}$", range))
            .toList();
    Files.write(results.resolve("part-0-0"), rows);

    DiffRun run =
        DiffRun.of(
            testdata.resolve("splunk_export/" + ABUSED + ".csv"),
            folder.resolve("found"),
            "--time-zone=Europe/Berlin",
            "--format=json");

    assertThat(told(run.json()))
        .containsExactly(
            "11",
            "splunk pastebin.com [time_range]",
            "here textbin.net [textbin]",
            "win-update-svc.duckdns.org.count []");
  }

  @Test
  void tablesTellWhatTheirKnownDifferencesMean() throws IOException {
    Row old = CMD.between("2024-11-01T00:00:00", "2024-11-01T00:00:00");
    Path export = Files.writeString(folder.resolve("e.csv"), DiffRun.csv(List.of(old, CHROME)));
    Path output = DiffRun.output(folder.resolve("o"), ABUSED, List.of(CHROME));

    assertThat(DiffRun.of(export, output, "--width", "100").out())
        .containsPattern("pastebin.com .* time_range\n")
        .contains("\n  time_range: Splunk searched outside the range of the run here\n")
        .doesNotContain("textbin");
  }

  @Test
  void saysWhichColumnsItIgnoresAndThatRecordsWereNotRead() throws IOException {
    String csv =
        "_time," + DiffRun.HEADER + ",splunk_server\n1731404488.081," + CMD.csv() + ",idx-1\n";
    Path export = Files.writeString(folder.resolve("e.csv"), csv);
    Path output = DiffRun.output(folder.resolve("o"), ABUSED, List.of(CHROME));
    Path dead = Files.createDirectories(output.resolve("dead_letter"));
    Files.writeString(dead.resolve("part-0-0"), "{\"error_type\":\"TRUNCATED\"}\n");

    assertThat(DiffRun.of(export, output).out())
        .contains("not compared: _time, splunk_server", "could not read 1 of its records");
  }
}
