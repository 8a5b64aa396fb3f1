package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.DetectRun;
import io.sysmonflink.jobs.report.FailOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar under {@code flink run}, on a cluster that several jobs share. */
@ExtendWith(ProcessLogs.class)
class SessionClusterITCase {

  private static final Duration RUN = Duration.ofSeconds(90);

  private static FlinkCluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path home, Path logs) throws IOException {
    cluster = FlinkCluster.session(home, logs, 2);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void flinksOwnOptionsWinAndAFailedJobIsToldInOneLine() throws Exception {
    Path broken = folder.resolve("broken.xml.gz");
    Files.writeString(broken, "this is not gzip");
    Path output = folder.resolve("output");

    FlinkProcess client =
        cluster.submit(
            List.of(
                "-Dparallelism.default=3",
                "-Drestart-strategy.type=none",
                "-Dpipeline.name=of flink run"),
            EmbeddedRun.arguments(
                broken, output.toString(), "--strict", "-Dpipeline.name=of the job"));

    assertThat(client.exitStatus(RUN)).isEqualTo(1);
    assertThat(client.err()).matches("detect: the job failed: .*broken\\.xml\\.gz.*\\R");
    assertThat(output.resolve("summary.json")).doesNotExist();
    JsonNode config = cluster.rest().executionConfig(cluster.rest().jobNamed("of the job"));
    assertThat(config.required("job-parallelism").intValue()).isEqualTo(3);
    assertThat(config.required("restart-strategy").textValue()).doesNotContain("exponential");
  }

  @Test
  void wrongOptionIsToldWithoutAStackTrace() {
    FlinkProcess client = cluster.submit(List.of(), List.of("backfill", "--no-such-option"));
    assertThat(client.exitStatus(RUN)).isEqualTo(2);
    assertThat(client.err())
        .startsWith("detect: ")
        .contains("--no-such-option")
        .doesNotContain("Exception");
  }

  /** The parser in the job's jar stands beside the planner, which the cluster hides. */
  @Test
  void whatReadsSqlSaysTheSameAsInOneProcess() throws Exception {
    Path event = folder.resolve("event.xml");
    Files.writeString(event, "<Event>no\n</Event>\n");
    for (List<String> command : List.of(List.of("check"), List.of("explain", event.toString()))) {
      DetectRun expected = DetectRun.of(command.toArray(String[]::new));
      FlinkProcess client = cluster.submit(List.of(), command);
      assertThat(client.exitStatus(RUN)).as(client.err()).isEqualTo(expected.status());
      assertThat(client.out()).contains(expected.out());
    }
  }

  @Test
  void runsAsInOneProcessThoughTaskManagersAreKilled() throws Exception {
    EmbeddedRun expected = EmbeddedRun.get();
    Path input = expected.input();
    Path output = folder.resolve("output");
    Path results = output.resolve("detection_results");
    // A TaskManager has two slots: where it wants a third file it has read one to the end.
    GatedFileSystem.close(input, 2);
    GatedFileSystem.close(results, 0);
    FlinkProcess client =
        cluster.submit(List.of(), expected.argumentsFor(GatedFileSystem.uri(output)));

    FlinkProcess reading = cluster.awaitTaskManagerAt(input, RUN);
    JsonNode job = cluster.rest().jobNamed("detect backfill");
    assertThat(cluster.rest().placesOfFailure(job)).isEmpty();
    JsonNode config = cluster.rest().executionConfig(job);
    assertThat(config.required("job-parallelism").intValue()).as("config.yaml's").isEqualTo(4);
    assertThat(config.required("restart-strategy").textValue())
        .startsWith("Restart with exponential delay: starting at PT1S");
    reading.kill();
    cluster.startTaskManager();
    GatedFileSystem.open(input);
    // Where results are written all is read; what this one kept of it for others goes with it.
    cluster.awaitTaskManagerAt(results, RUN).kill();
    GatedFileSystem.open(results);

    assertThat(client.exitStatus(RUN)).isEqualTo(FailOn.STATUS);
    assertThat(cluster.rest().placesOfFailure(job)).hasSizeGreaterThanOrEqualTo(2);
    WrittenOutput written = WrittenOutput.in(output);
    assertThat(written).isEqualTo(expected.written());
    written.assertAllRecordsAccountedFor();
    assertThat(written.lines())
        .containsKeys(
            "detection_results/windows_abused_web_services",
            "detection_results/suspicious_process_dns_query_known_abuse_web_services",
            "risk_events");
    assertThat(EmbeddedRun.timeless(client.err())).isEqualTo(expected.summary());
  }
}
