package io.sysmonflink.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.regression.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything the command line does without running a job. */
class DetectTest {

  @TempDir private Path folder;
  private Path log;

  @BeforeEach
  void writeLog() throws IOException {
    log = Files.writeString(folder.resolve("a.log"), "");
  }

  @Test
  void helpAndVersionAreAnswers() {
    assertThat(DetectRun.of("--help"))
        .matches(run -> run.status() == 0 && run.err().isEmpty())
        .extracting(DetectRun::out)
        .asString()
        .contains("backfill", "list", "Exit status:");
    assertThat(DetectRun.of("backfill", "--help").out())
        .contains("Examples:", "--input", "console", "taken as UTC", "${key}");
    assertThat(DetectRun.of("list", "--help").out()).contains("Examples:");
    assertThat(DetectRun.of("explain", "--help").out()).contains("Examples:", "FILE|-", "${key}");
    assertThat(DetectRun.of("check", "--help").out())
        .contains("Examples:", "Exit status:", "${key}");
    assertThat(DetectRun.of("--version").out()).containsPattern("detect \\d.*\\RFlink \\d");
  }

  @Test
  void listShowsWhatThereIs() {
    DetectRun run = DetectRun.of("list");

    assertThat(run.status()).isZero();
    assertThat(run.out().lines())
        .hasSize(4)
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches("windows_abused_web_services +3 +TTP +36 low +T1102 +22 +bundled"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "suspicious_process_\\w+ +7 +TTP +64 high +T1059.005 T1059 +22 +bundled"));
  }

  @Test
  void listShowsDropInsBesideTheBundled() {
    String sql = TestData.packSql().toString();

    DetectRun run = DetectRun.of("list", "--sql", sql);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .hasSize(9)
        .anyMatch(
            line ->
                line.matches(
                    "rundll32_connects_to_the_internet +1 +Anomaly +48 medium +T1218.010 T1218.011 +3 +sql: .*"))
        .anyMatch(line -> line.matches("program_written_to_a_startup_folder +1 +Hunting .* 11 .*"))
        .filteredOn(line -> line.contains(sql))
        .hasSize(5);
  }

  @Test
  void listShowsWhereEachFileComesFrom() throws IOException {
    Path filter = folder.resolve("filters/windows_abused_web_services_filter.sql");
    Files.createDirectories(filter.getParent());
    Files.writeString(filter, "SELECT * FROM windows_abused_web_services");
    Files.delete(log);

    DetectRun run = DetectRun.of("list", "--format", "json", "--sql", folder.toString());

    JsonNode list = new ObjectMapper().readTree(run.out());
    assertThat(list).hasSize(2);
    assertThat(list.get(1).at("/files/filter").asText()).isEqualTo(filter.toString());
    assertThat(list.get(1).at("/files/sql").asText()).isEqualTo("bundled");
    assertThat(list.get(1).at("/event_codes/0").asInt()).isEqualTo(22);
    assertThat(list.get(0).at("/severity").asText()).isEqualTo("high");
  }

  /**
   * Each line: arguments, LOG standing for a file that is there, and what the message must have.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                      | Missing command
          serach                                                  | serach
          list --frmt json                                        | --frmt
          backfill --input nowhere.log                            | --input nowhere.log: no such file or folder
          backfill --input nothing-*.log                          | --input nothing-*.log: no file matches
          backfill --input file:/nowhere.log                      | --input file:/nowhere.log: no such file or folder
          backfill --input nosuchfs://a/b                         | nosuchfs
          backfill --input LOG --from yesterday                   | 'yesterday' is not a time like
          backfill --input LOG --from 2024-09-30 --days 3         | --from and --days exclude each other
          backfill --input LOG --from 2024-10-01 --to 2024-09-30  | must be before --to
          backfill --input LOG --from 2024-10-01 --to 2024-10-01  | must be before --to
          backfill --input LOG --days 0                           | --days 0
          backfill --input LOG --detection windows                | there are suspicious_process_dns_query_known_abuse_web_services, windows_abused_web_services
          backfill --input LOG --sink other                       | --sink other: there is no sinks/other/detection_results.sql; in sinks/ there are console, files, kafka
          backfill --input LOG --output console --sink kafka      | leave out --sink kafka
          backfill --input LOG --source other                     | --source other: there is no sources/other.sql; in sources/ there are files, kafka
          backfill --source kafka                                 | sql/sources/kafka.sql:48: ${brokers} has no value: give --brokers
          backfill --input LOG --brokers localhost:1              | --brokers and --topic go with --source kafka
          live --topic x                                          | ${brokers} has no value: give --brokers
          live --brokers localhost:1 --topic x --topic-pattern y  | --topic and --topic-pattern exclude each other
          live --brokers localhost:1 --topic-pattern [            | --topic-pattern [:
          live --brokers localhost:1 --topic x --start yesterday  | --start yesterday: must be a number of days like 14d
          live --brokers localhost:1 --topic x --output DIR       | --output DIR: must be console
          backfill --input LOG --set earliest=1                   | --set earliest: this key has a value of its own
          backfill --input LOG --parallelism 0                    | --parallelism 0
          backfill --input LOG --parallelism many                 | --parallelism
          backfill --input LOG -Dparallelism.default=many         | parallelism.default
          backfill --input LOG --output LOG                       | is a file, not a folder
          backfill --input LOG --sql nowhere                      | --sql nowhere: no such folder
          backfill --input LOG --fail-on noevents                 | Invalid value for option '--fail-on': 'noevents' is none of these: it takes no-events, unreadable-file, changed-file, dead-letters=N%, unfilled, with commas between, or none
          backfill --input LOG --fail-on none,unfilled            | 'none' is none of these
          backfill --input LOG --fail-on unfilled,                | '' is none of these
          backfill --input LOG --fail-on unfilled,unfilled        | 'unfilled' stands there twice
          backfill --input LOG --fail-on unfilled=1%              | 'unfilled=1%' takes no value
          backfill --input LOG --fail-on dead-letters             | 'dead-letters' must be like dead-letters=0.5%, with a number from 0 to 100: it takes
          backfill --input LOG --fail-on dead-letters=1           | 'dead-letters=1' must be like
          backfill --input LOG --fail-on dead-letters=100.1%      | 'dead-letters=100.1%' must be like
          backfill --input LOG --fail-on dead-letters=-1%         | 'dead-letters=-1%' must be like
          backfill --input LOG --sink kafka --fail-on none        | --fail-on: only sink files shows what could not be read, not kafka
          backfill                                                | ${input} has no value: give --input
          """)
  void aMistakeIsOneClearLineAndStatus2(String args, String message) {
    String[] words =
        args.isEmpty() ? new String[0] : args.replace("LOG", log.toString()).split(" +");

    DetectRun run = DetectRun.of(words);

    assertThat(run.err()).startsWith("detect: ").contains(message).doesNotContain("\tat ");
    assertThat(run.err().lines().filter(line -> !line.startsWith("Try ")))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aMistakeInAFileNamesFileAndKey() throws IOException {
    Files.createDirectories(folder.resolve("detections"));
    Files.delete(log);
    Path yaml = folder.resolve("detections/windows_abused_web_services.yml");
    Files.writeString(yaml, "name: [x\n");

    DetectRun run = DetectRun.of("list", "--sql", folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("detect: " + yaml + ":").hasLineCount(1);
  }
}
