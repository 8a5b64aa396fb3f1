package io.sysmonflink.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of deploy/, with a stand-in for what they call. */
class ScriptsTest {

  @TempDir Path folder;

  @Test
  void kubernetesRunThatFinishesIsRemoved() throws Exception {
    ScriptRun run = backfillInKubernetes("flinkdeployment", "FINISHED", "STABLE");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(calls())
        .containsSubsequence(
            "get flinkdeployment -l app.kubernetes.io/name=sysmon-backfill -o name",
            "delete flinkdeployment sysmon-backfill-20241120 --wait=true --timeout=5m",
            "create -f -",
            "delete flinkdeployment sysmon-backfill-20241125 --wait=true --timeout=5m");
    assertThat(folder.resolve("created"))
        .content()
        .contains("name: \"sysmon-backfill-20241125\"")
        .contains("- \"2024-11-25T00:00:00Z\"")
        .contains("- \"s3a://found/{date}\"")
        .doesNotContain("$");
  }

  @Test
  void kubernetesRunThatFailsIsToldAndRemoved() throws Exception {
    for (String[] end : new String[][] {{"FAILED", "STABLE"}, {"", "FAILED"}}) {
      ScriptRun run = backfillInKubernetes("flinkdeployment", end[0], end[1]);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("the operator's error", "a line of the log");
      assertThat(calls())
          .endsWith("delete flinkdeployment sysmon-backfill-20241125 --wait=true --timeout=5m");
    }
  }

  @Test
  void kubernetesRunThatHangsIsRemoved() throws Exception {
    ScriptRun run = backfillInKubernetes("flinksessionjob", "RUNNING", "STABLE");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("did not end in 1 s; it is RUNNING");
    assertThat(calls())
        .endsWith("delete flinksessionjob sysmon-backfill-20241125 --wait=true --timeout=5m");
  }

  @Test
  void standaloneRunTellsPrometheusHowItWent() throws Exception {
    for (int status : new int[] {0, 1, 2}) {
      Path textfiles = Files.createDirectories(folder.resolve("textfiles-" + status));
      Path flink = Files.createDirectories(folder.resolve("bin")).resolve("flink");
      script(flink, "echo \"$*\" >>'%s'; exit %d".formatted(folder.resolve("calls"), status));
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
          .isEqualTo(status == 0);
    }
    assertThat(DeployFiles.metrics("sysmon_backfill_"))
        .hasSize(2)
        .allSatisfy(name -> assertThat(folder.resolve("textfiles-0/" + name + ".prom")).exists());
    assertThat(calls())
        .contains(
            "run /opt/detect/flink-sysmon-detections.jar backfill"
                + " --input /logs of today --to 2024-11-25T00:00:00Z --output /found/{date}");
  }

  /**
   * Runs base/backfill/run with a kubectl that says that the job and its object are in such states,
   * and that an older one is left.
   */
  private ScriptRun backfillInKubernetes(String kind, String state, String lifecycle)
      throws IOException, InterruptedException {
    Files.deleteIfExists(folder.resolve("calls"));
    script(
        folder.resolve("kubectl"),
        """
        cd '%s'
        echo "$*" >>calls
        case "$*" in
          *jobStatus.state*) printf %%s '%s' ;;
          *lifecycleState*) printf %%s '%s' ;;
          *status.error*) printf %%s "the operator's error" ;;
          'get '*' -l '*) echo %s.flink.apache.org/sysmon-backfill-20241120 ;;
          logs*) echo 'a line of the log'; echo 'x Application completed SUCCESSFULLY' ;;
          create*) cat >created ;;
        esac
        """
            .formatted(folder, state, lifecycle, kind));
    // Of gettext, which Flink's image has, only what the script asks of it.
    script(
        folder.resolve("envsubst"),
        "exec sed -e \"s|[$]{NAME}|$NAME|;s|[$]{TO}|$TO|;s|[$]{OUTPUT}|$OUTPUT|;s|[$]{[A-Z_]*}|x|\"");
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", folder + ":" + System.getenv("PATH"));
    environment.put("TO", "2024-11-25T00:00:00Z");
    environment.put("OUTPUT", "s3a://found/{date}");
    environment.put("POLL_SECONDS", "0.1");
    environment.put("TIMEOUT_SECONDS", "1");
    Path template = DeployFiles.path("kubernetes/base/backfill/run.yaml");
    return ScriptRun.of("kubernetes/base/backfill/run", environment, kind, template.toString());
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
