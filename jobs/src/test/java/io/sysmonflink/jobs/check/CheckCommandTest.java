package io.sysmonflink.jobs.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.DetectRun;
import io.sysmonflink.jobs.catalog.Samples;
import io.sysmonflink.jobs.catalog.SqlFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code detect check} from end to end. */
class CheckCommandTest {

  private static final String RIGHT =
      Samples.SQL
          .replace("LIKE '%-enc%'", "IS NOT NULL AND Image IS NOT NULL AND Computer IS NOT NULL")
          .replace("Image IS NOT NULL AND", "Image IS NOT NULL\n    AND");

  @TempDir private Path folder;

  @Test
  void theBundledFilesHaveNoFault() {
    DetectRun run = DetectRun.of("check");

    assertThat(run.out()).isEqualTo("2 detections, 25 files: no fault found\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void everyFaultOfEveryFileIsToldInOneGo() throws IOException {
    detection(
        "slash", RIGHT.replace("CommandLine IS", "WILDCARD_IN(Computer, 'a/b') AND Image IS"));
    detection("unknown", RIGHT.replace("SELECT Image, Comp", "SELECT Imge, Comp"));
    detection("result", RIGHT.replace("AS last_seen", "AS lastSeen"));
    file("detections/score.sql", RIGHT.replace("CommandLine", "Image"));
    file(
        "detections/score.yml",
        Samples.YAML
            .replace("risk_score: 35", "risk_score: 36")
            .replace("2024-01-31", "2024-02-31")
            .replace("[1]", "[2]"));
    file("detections/alone.sql", RIGHT);
    file("filters/slash_filter.sql", "SELECT *, Image AS twice FROM slash");
    file("sinks/mine/detection_results.sql", "SELECT 1");
    file("drilldowns/newest_search.sql", "SELECT detection FROM detection_results");
    file("drilldowns/risk.sql", "SELECT dest FROM risk_events");
    file("drilldowns/results.sql", "SELECT * FROM `${search}` WHERE host = '${dest}'");
    file("lost.sql", "SELECT 1");

    assertThat(check())
        .containsExactly(
            "lost.sql: has no place in the layout (schema/, sources/, macros/, detections/, filters/ and"
                + " drilldowns/ hold NAME.sql, detections/ NAME.yml too, sinks/ holds SET/NAME.sql)",
            "detections/alone.sql: has no alone.yml beside it",
            "detections/result.sql: must give a column last_seen TIMESTAMP_LTZ(3), as"
                + " sql/sinks/files/detection_results.sql declares; there is none",
            "detections/score.yml:4: date: '2024-02-31' is not a date like 2024-09-30",
            "detections/score.yml:10: event_codes: says [2], but the WHERE of detections/score.sql reads [1]",
            "detections/score.yml:27: tags.risk_score: is 36, but confidence 50 x impact 70 / 100 is 35",
            "detections/slash.sql:7:49: 'a/b' can never match: the name of a host has no slash in it",
            "detections/unknown.sql:5:10: Column 'Imge' not found in any table",
            "drilldowns/newest_search.sql: must give [detection, info_min_time, info_max_time], and gives [detection]",
            "drilldowns/results.sql:1:84: Column 'host' not found in any table",
            "drilldowns/risk.sql:1:8: Column 'dest' not found in any table",
            "filters/slash_filter.sql: must give the columns of detections/slash.sql unchanged: it adds twice STRING",
            "sinks/mine/detection_results.sql: must hold one statement, CREATE TEMPORARY TABLE detection_results",
            "7 detections, 36 files: 13 faults, 0 warnings");
  }

  /** Nothing is told of the bundled files beside it, where no detection is left to plan. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INTERVAL '120' DAY | Interval field value 120 exceeds precision of DAY(2) field: of three digits it is written"
            + " DAY(3), and more are not possible",
        "INTERVAL '120' DAY(4) | an interval may have three digits: INTERVAL '120' DAY(3)",
        "INTERVAL '120' DAY(3) |",
      })
  void howLongAnIntervalMayBeIsTold(String interval, String told) throws IOException {
    detection("long", RIGHT.replace("INTERVAL '14' DAY", interval));
    List<String> out =
        DetectRun.of("check", "long", "--sql", folder.toString()).out().lines().toList();
    assertThat(out).hasSize(told == null ? 1 : 2);
    if (told != null) {
      assertThat(out.get(0)).contains("detections/long.sql:").endsWith(": " + told);
    }
  }

  @Test
  void aFilterThatChangesAByFieldIsToldByItsColumn() throws IOException {
    detection("loud", RIGHT);
    file(
        "filters/loud_filter.sql",
        "SELECT Image, UPPER(dest) AS dest, `count`, firstTime, lastTime, first_seen, last_seen, activity FROM loud");

    assertThat(DetectRun.of("check", "loud", "--sql", folder.toString()).out().lines())
        .hasSize(2)
        .first()
        .asString()
        .endsWith(
            "filters/loud_filter.sql: column dest: must be as "
                + folder
                + "/detections/loud.sql gives it, since it identifies rows; a filter chooses rows, and changes no"
                + " value that they are grouped by");
  }

  @Test
  void whatCannotBeParsedIsToldWithItsPlace() throws IOException {
    detection("word", RIGHT.replace("GROUP BY", "GROPU BY"));
    detection("sign", RIGHT.replace("CommandLine IS", "CommandLine # IS"));
    detection("two", RIGHT + "; SELECT 1");
    detection("bare", RIGHT.replace("FROM sysmon", "FROM ${x}"));
    file("sinks/files/dead_letter.sql", "CREATE TEMPORARY TABLE dead_letter (a INT,)");
    file("filters/word_filter.sql", "SELECT * FROM word WHERE WILDCARD_IN(Image)");
    file("detections/yaml.yml", "name: [x\n");
    file("detections/yaml.sql", RIGHT);

    assertThat(check())
        .containsExactly(
            "detections/bare.sql:6: ${x} may stand only inside '...' or `...`",
            "detections/sign.sql:7:39: unexpected character \"#\"",
            "detections/two.sql:11:3: must hold one statement",
            "detections/word.sql:9:3: Encountered \"GROPU\"",
            "detections/yaml.yml:1: while parsing a flow sequence: expected ',' or ']', but got <stream end>",
            "filters/word_filter.sql:1:26: WILDCARD_IN has no pattern, so nothing can match",
            "sinks/files/dead_letter.sql:1:43: Encountered \")\"",
            "7 detections, 36 files: 7 faults, 0 warnings");
  }

  @Test
  void aWrongThrottlingPeriodIsOneFaultAmongOthers() throws IOException {
    file("detections/often.sql", RIGHT);
    file(
        "detections/often.yml",
        Samples.YAML.replace(
            "  security_domain", "  throttling: {fields: [dest], period: 0h}\n  security_domain"));
    detection("unknown", RIGHT.replace("SELECT Image, Comp", "SELECT Imge, Comp"));

    assertThat(check())
        .containsExactly(
            "detections/often.yml:28: tags.throttling.period: '0h' is not a number of whole days, like 24h or 86400s",
            "detections/unknown.sql:5:10: Column 'Imge' not found in any table",
            "4 detections, 29 files: 2 faults, 0 warnings");
  }

  @Test
  void whatIsInNoFileIsOneFaultAmongOthers() throws IOException {
    detection("unknown", RIGHT.replace("SELECT Image, Comp", "SELECT Imge, Comp"));
    file("sinks/mine/detection_results.sql", bundled("sinks/console/detection_results.sql"));

    assertThat(check())
        .containsExactly(
            "--sink mine: there is no sinks/mine/risk_events.sql; in sinks/ there are console, files, kafka, mine",
            "detections/unknown.sql:5:10: Column 'Imge' not found in any table",
            "3 detections, 28 files: 2 faults, 0 warnings");
  }

  @Test
  void whatIsTooDeepForFlinkIsAFaultOfItsFile() throws IOException {
    detection("lists", RIGHT);
    file(
        "filters/lists_filter.sql",
        "SELECT * FROM lists WHERE NOT (Image = '0'" + " OR Image = '1'".repeat(20_000) + ")");
    detection("deep", RIGHT);
    file(
        "filters/deep_filter.sql",
        "SELECT * FROM deep WHERE " + "(".repeat(20_000) + "TRUE" + ")".repeat(20_000));

    assertThat(check("deep", "lists"))
        .filteredOn(line -> !line.contains(": warning: "))
        .startsWith(
            "filters/deep_filter.sql: is nested too deeply for Flink; use one WILDCARD_IN with many patterns",
            "filters/lists_filter.sql: is nested too deeply for Flink; use one WILDCARD_IN with many patterns");
  }

  @Test
  void whatOnlyPlanningTheJobShowsIsToldToo() throws IOException {
    detection("sample", RIGHT);
    for (String sink : List.of("detection_results", "risk_events", "dead_letter")) {
      String table = bundled("sinks/console/" + sink + ".sql");
      file("sinks/form/" + sink + ".sql", table.replace("'json',", "'jsn',"));
      file("sinks/wire/" + sink + ".sql", table.replace("= 'console'", "= 'consle'"));
    }

    List<String> told = check();

    assertThat(told).hasSize(3);
    assertThat(told.get(0)).startsWith("a live run with --source kafka --sink form cannot be ");
    assertThat(told.get(1)).startsWith("a live run with --source kafka --sink wire cannot be ");
    assertThat(told.get(2)).isEqualTo("3 detections, 33 files: 2 faults, 0 warnings");
  }

  @Test
  void aFolderInALoopIsToldWithItsPlace() throws IOException {
    detection("sample", RIGHT);
    Files.createSymbolicLink(folder.resolve("detections/again"), folder);

    DetectRun run = DetectRun.of("check", "--sql", folder.toString());

    assertThat(run.err())
        .startsWith("detect: --sql " + folder + ": cannot be read: ")
        .contains("detections/again");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void warningsAloneAreNoFailure() throws IOException {
    detection("sample", RIGHT.replace("CommandLine IS", "CommandLine LIKE '%-enc%' AND Image IS"));

    DetectRun run = DetectRun.of("check", "sample", "--sql", folder.toString());

    assertThat(run.status()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("sample.sql:7:27: warning: CommandLine LIKE: ")
        .endsWith("1 detection, 21 files: 0 faults, 1 warning\n");
  }

  @Test
  void namesNarrowItDown() throws IOException {
    detection("right", RIGHT);
    detection("wrong", RIGHT.replace("GROUP BY", "GROPU BY"));
    file("filters/wrong_filter.sql", "SELECT");

    DetectRun run = DetectRun.of("check", "right", "--sql", folder.toString());
    assertThat(run.out()).isEqualTo("1 detection, 21 files: no fault found\n");

    run = DetectRun.of("check", "rihgt", "--sql", folder.toString());
    assertThat(run.err())
        .startsWith("detect: rihgt: no such detection; there are right, suspicious_process_");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void keysNeedValuesOnlyWhereATableCannotBeDeclaredWithout() throws IOException {
    detection("sample", RIGHT.replace("Image IS", "WILDCARD_IN(Image, '${image}') AND Image IS"));
    file(
        "sources/mine.sql",
        "CREATE TEMPORARY TABLE windows_events (EventCode INT, _time TIMESTAMP_LTZ(3), Channel STRING,"
            + " Provider STRING, Computer STRING, error_type STRING, error_message STRING,"
            + " `source` STRING, `position` BIGINT, raw_payload BYTES)"
            + " WITH ('connector' = 'datagen', 'rows-per-second' = '${rate}') LIKE event_data");

    assertThat(check("sample"))
        .first()
        .asString()
        .startsWith("sources/mine.sql: ")
        .endsWith("For input string: \"${rate}\"");
    assertThat(check("sample", "--set", "rate=7"))
        .containsExactly("1 detection, 22 files: no fault found");
    assertThat(DetectRun.of("check", "--set", "rat=7").err())
        .isEqualTo("detect: --set rat: no SQL file has ${rat}\n");
  }

  private List<String> check(String... args) {
    List<String> words = new ArrayList<>(List.of("check", "--sql", folder.toString()));
    words.addAll(Arrays.asList(args));
    DetectRun run = DetectRun.of(words.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    return run.out()
        .replace(folder + "/", "")
        .lines()
        .map(line -> line.replaceFirst("(it gives \\().*", "$1"))
        .toList();
  }

  private static String bundled(String path) {
    return SqlFiles.bundled().find(path).orElseThrow().text();
  }

  private void detection(String name, String sql) throws IOException {
    file("detections/" + name + ".sql", sql);
    file("detections/" + name + ".yml", Samples.YAML);
  }

  private void file(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
