package io.sysmonflink.jobs.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of deploy/standalone, with a stand-in for {@code flink}. */
class ScriptsTest {

  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final String RUNNING = "25.11.2024 01:02:03 : " + ID + " : detect live (RUNNING)";

  @TempDir Path folder;

  @Test
  void standaloneRunTellsPrometheusHowItWent() throws Exception {
    for (int status : new int[] {0, 1, 2, 3}) {
      Path textfiles = Files.createDirectories(folder.resolve("textfiles-" + status));
      flink("exit " + status);
      ScriptRun run =
          ScriptRun.of(
              "standalone/backfill",
              Map.of(
                  "FLINK_HOME", folder.toString(),
                  "INPUT", "/logs of today",
                  "OUTPUT", "/found/{date}",
                  "TO", "2024-11-25T00:00:00Z",
                  "TEXTFILE_DIR", textfiles.toString()));
      assertThat(run.status()).as(run.err()).isEqualTo(status);
      assertThat(textfiles.resolve("sysmon_backfill_last_exit_status.prom"))
          .hasContent(
              """
              # TYPE sysmon_backfill_last_exit_status gauge
              sysmon_backfill_last_exit_status %d
              """
                  .formatted(status));
      assertThat(
              Files.exists(
                  textfiles.resolve("sysmon_backfill_last_success_timestamp_seconds.prom")))
          .isEqualTo(status == 0 || status == 3);
    }
    assertThat(DeployFiles.metrics("sysmon_backfill_"))
        .hasSize(2)
        .allSatisfy(name -> assertThat(folder.resolve("textfiles-0/" + name + ".prom")).exists());
    assertThat(calls())
        .contains(
            "run /opt/detect/flink-sysmon-detections.jar backfill"
                + " --input /logs of today --to 2024-11-25T00:00:00Z --output /found/{date}");
  }

  @Test
  void standaloneRunKeepsItsStatusWherePrometheusCannotBeTold() throws Exception {
    flink("exit 1");
    ScriptRun run =
        ScriptRun.of(
            "standalone/backfill",
            Map.of(
                "FLINK_HOME",
                folder.toString(),
                "INPUT",
                "/logs",
                "OUTPUT",
                "/found/{date}",
                "TEXTFILE_DIR",
                folder.resolve("no-such-folder").toString()));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("Prometheus is not told how it went");
  }

  @Test
  void liveIsStartedOnce() throws Exception {
    flink("[ \"$1\" != list ] || echo '%s'".formatted(RUNNING));
    assertThat(live("start").err()).isEqualTo("live: runs already, job " + ID + "\n");
    assertThat(live("resume", "/savepoint").status()).isEqualTo(1);
    assertThat(live("status").out()).isEqualTo(ID + "\n");
    assertThat(live("stop").status()).isZero();
    assertThat(calls()).containsExactly("list", "list", "list", "list", "stop " + ID);
  }

  @Test
  void liveGoesOnFromASavepointWithAllDetectionsOrFewer() throws Exception {
    flink("");
    assertThat(live("resume", "s3://savepoint", "--start", "1d").status()).isZero();
    assertThat(live("resume", "-n", "s3://savepoint").status()).isZero();
    assertThat(calls())
        .filteredOn(call -> call.startsWith("run"))
        .satisfiesExactly(
            all -> assertThat(all).startsWith("run -d -s s3://savepoint /opt").endsWith(" 1d"),
            fewer -> assertThat(fewer).startsWith("run -d -s s3://savepoint -n /opt"));
  }

  @Test
  void liveIsNotStartedWhereFlinkDoesNotSayWhatRuns() throws Exception {
    flink("echo 'no JobManager'; exit 1");
    ScriptRun run = live("start");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("flink list fails: no JobManager");
    assertThat(calls()).containsExactly("list");
  }

  @Test
  void liveIsNotStartedByTwoAtOnce() throws Exception {
    assumeThat(ScriptRun.onPath("flock")).isTrue();
    flink("");
    Process other =
        new ProcessBuilder(
                "flock", DeployFiles.path("standalone/live").toString(), "sh", "-c", "echo; cat")
            .start();
    try {
      assertThat(other.getInputStream().read()).as("it has the lock").isEqualTo('\n');
      assertThat(live("start").err()).isEqualTo("live: somebody else is starting it\n");
      assertThat(folder.resolve("calls")).doesNotExist();
    } finally {
      other.getOutputStream().close();
      other.waitFor();
    }
    assertThat(live("start", "--start", "1d").status()).isZero();
    assertThat(calls())
        .endsWith(
            "run -d /opt/detect/flink-sysmon-detections.jar live --brokers k1:9092"
                + " --topic sysmon --start 1d");
  }

  @Test
  void liveTellsWhatIsMissing() throws Exception {
    assertThat(ScriptRun.of("standalone/live", Map.of("TOPIC", "sysmon"), "start").err())
        .contains("BROKERS: Kafka, host:port");
    assertThat(live("restart").status()).isEqualTo(2);
    assertThat(live("resume").status()).isEqualTo(2);
  }

  /** Where it is installed; a build needs none. */
  @Test
  void shellcheckAgrees() throws Exception {
    assumeThat(ScriptRun.onPath("shellcheck")).isTrue();
    List<String> command = new ArrayList<>(List.of("shellcheck"));
    try (Stream<Path> files = Files.walk(DeployFiles.path(""))) {
      files
          .filter(file -> Files.isRegularFile(file))
          .filter(file -> DeployFiles.text(file).startsWith("#!/bin/sh"))
          .forEach(file -> command.add(file.toString()));
    }
    assertThat(command).hasSizeGreaterThan(6);
    command.add(DeployFiles.path("../detect").toString());
    Process shellcheck = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(shellcheck.getInputStream().readAllBytes(), UTF_8);
    assertThat(shellcheck.waitFor()).as(said).isZero();
  }

  private ScriptRun live(String... arguments) throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of("FLINK_HOME", folder.toString(), "BROKERS", "k1:9092", "TOPIC", "sysmon");
    return ScriptRun.of("standalone/live", environment, arguments);
  }

  /** Puts a stand-in for {@code flink} into the folder; it writes down how it was called. */
  private void flink(String body) throws IOException {
    Path flink = Files.createDirectories(folder.resolve("bin")).resolve("flink");
    ScriptRun.program(flink, "echo \"$*\" >>'%s'\n%s".formatted(folder.resolve("calls"), body));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }
}
