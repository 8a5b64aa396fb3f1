package io.sysmonflink.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the CronJob of deploy/kubernetes does, with a stand-in for kubectl. */
class KubernetesBackfillTest {

  private static final String TODAY = "sysmon-backfill-20241125";
  private static final String REMOVED =
      "delete %s " + TODAY + " --ignore-not-found --wait=true --timeout=5m";

  @TempDir Path folder;
  private String timeout = "60";

  @Test
  void aRunIsCreatedAwaitedAndRemoved() throws Exception {
    ScriptRun run = run("flinkdeployment", "FINISHED/STABLE/READY");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(calls())
        .containsSubsequence("create -f -", REMOVED.formatted("flinkdeployment"))
        .filteredOn(call -> call.startsWith("delete"))
        .hasSize(1);
    assertThat(folder.resolve("created"))
        .content()
        .contains("name: \"" + TODAY + "\"")
        .contains("- \"2024-11-25T00:00:00Z\"")
        .contains("- \"s3://found/{date}\"")
        .doesNotContain("$");
  }

  /** One that somebody may still wait for is left alone. */
  @Test
  void whatIsLeftBehindIsRemoved() throws Exception {
    tell("others", "left %s%nyoung %s%n".formatted(ago(Duration.ofDays(1)), ago(Duration.ZERO)));
    assertThat(run("flinksessionjob", "FINISHED/STABLE/").status()).isZero();
    assertThat(calls())
        .anyMatch(call -> call.startsWith("delete flinksessionjob left "))
        .noneMatch(call -> call.startsWith("delete flinksessionjob young"));
  }

  @Test
  void aRunThatIsThereAlreadyIsTakenUp() throws Exception {
    tell("there", "flinkdeployment.flink.apache.org/" + TODAY);
    ScriptRun run = run("flinkdeployment", "FINISHED/STABLE/READY");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("is there already");
    assertThat(calls())
        .doesNotContain("create -f -")
        .endsWith(REMOVED.formatted("flinkdeployment"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAILED/FAILED/READY", "CANCELED/STABLE/READY", "/FAILED/MISSING"})
  void aFailureIsToldWithTheLogAndRemoved(String state) throws Exception {
    ScriptRun run = run("flinkdeployment", state);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(state + " the operator's error", "a line of the log");
    assertThat(calls()).endsWith(REMOVED.formatted("flinkdeployment"));
  }

  @Test
  void aRunThatHangsFailsAndIsRemoved() throws Exception {
    timeout = "1";
    ScriptRun run = run("flinksessionjob", "RUNNING/STABLE/");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("did not end in 1 s; it is RUNNING/STABLE/");
    assertThat(calls()).endsWith(REMOVED.formatted("flinksessionjob"));
  }

  @Test
  void aJobManagerThatNeverComesUpFails() throws Exception {
    ScriptRun run = run("flinkdeployment", "RECONCILING/DEPLOYED/ERROR");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("no JobManager comes up: the operator's error");
    assertThat(calls()).endsWith(REMOVED.formatted("flinkdeployment"));
  }

  @Test
  void aRunWithoutSummaryFails() throws Exception {
    tell("log", "a line of the log\n");
    ScriptRun run = run("flinkdeployment", "FINISHED/STABLE/READY");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("the summary was not written");
  }

  @Test
  void aRunThatSomebodyElseRemovesFails() throws Exception {
    ScriptRun run = run("flinkdeployment", "");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("somebody else removed it");
  }

  @Test
  void silenceWhileItRunsIsNoFailure() throws Exception {
    tell("silence", "2");
    ScriptRun run = run("flinkdeployment", "FINISHED/STABLE/READY");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(calls()).filteredOn(call -> call.contains("lifecycleState")).hasSize(3);
  }

  /** Status 3, for which the CronJob does not try again. */
  @Test
  void aRunThatDidNotReadAllIsDoneAndSaysSo() throws Exception {
    String line = "detect: done, but not all could be read: x (unreadable-file): exit status 3";
    tell("log", "a line\n" + line + "\nx Application completed SUCCESSFULLY\n");
    ScriptRun run = run("flinkdeployment", "FINISHED/STABLE/READY");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(TODAY + ": done, but not all could be read: x (unreadable-file)");
    assertThat(calls()).endsWith(REMOVED.formatted("flinkdeployment"));
  }

  /** Status 4, and not 2, lets the CronJob try again. */
  @Test
  void withoutAnAnswerOrARightNothingIsStarted() throws Exception {
    tell("forbidden", "get flinkdeployment");
    ScriptRun run = run("flinkdeployment", "");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("Error from server (Forbidden)");
    assertThat(calls()).allMatch(call -> call.startsWith("get "));

    tell("forbidden", "create");
    run = run("flinkdeployment", "");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("Error from server (Forbidden)", "could not be started");
  }

  /** Runs base/backfill/run; an empty state is that of a run that is not there. */
  private ScriptRun run(String kind, String state) throws IOException, InterruptedException {
    Files.deleteIfExists(folder.resolve("calls"));
    tell("status", state.isEmpty() ? "" : "is " + state + " the operator's error");
    if (!Files.exists(folder.resolve("log"))) {
      tell("log", "a line of the log\nx Application completed SUCCESSFULLY\n");
    }
    ScriptRun.program(
        folder.resolve("kubectl"),
        """
        cd '%s'
        printf '%%s\n' "$*" >>calls
        forbidden=$(cat forbidden 2>/dev/null) && case "$*" in
          "$forbidden"*) echo 'Error from server (Forbidden)' >&2 && exit 1 ;;
        esac
        case "$*" in
          *lifecycleState*)
            silence=$(cat silence 2>/dev/null || echo 0)
            echo $((silence - 1)) >silence
            [ "$silence" -le 0 ] && cat status ;;
          'get '*' -l '*) cat others 2>/dev/null || : ;;
          'get '*' -o name') cat there 2>/dev/null || : ;;
          logs*) cat log ;;
          create*) cat >created ;;
        esac
        """
            .formatted(folder));
    // Of gettext, which Flink's image has, only what the script asks of it.
    ScriptRun.program(
        folder.resolve("envsubst"),
        "exec sed -e \"s|[$]{NAME}|$NAME|;s|[$]{TO}|$TO|;s|[$]{OUTPUT}|$OUTPUT|;s|[$]{[A-Z_]*}|x|\"");
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", folder + ":" + System.getenv("PATH"));
    environment.put("TO", "2024-11-25T00:00:00Z");
    environment.put("OUTPUT", "s3://found/{date}");
    environment.put("POLL_SECONDS", "0.01");
    environment.put("TIMEOUT_SECONDS", timeout);
    Path template = DeployFiles.path("kubernetes/base/backfill/run.yaml");
    return ScriptRun.of("kubernetes/base/backfill/run", environment, kind, template.toString());
  }

  private static Instant ago(Duration duration) {
    return Instant.now().minus(duration).truncatedTo(ChronoUnit.SECONDS);
  }

  private void tell(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }
}
