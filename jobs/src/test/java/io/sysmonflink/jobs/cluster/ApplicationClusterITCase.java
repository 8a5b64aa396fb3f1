package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar in the {@code usrlib} of a cluster that is there for it alone. */
@ExtendWith(ProcessLogs.class)
class ApplicationClusterITCase {

  private static final Duration RUN = Duration.ofSeconds(90);

  /** With what a JobManager ends whose application failed: Flink's 1443, of which 8 bits remain. */
  private static final int FAILED = 1443 & 0xff;

  @TempDir Path folder;

  @AfterEach
  void noProcessIsLeft() {
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void jobEndsAndTheClusterWithIt(Path logs) throws Exception {
    EmbeddedRun expected = EmbeddedRun.get();
    Path input = expected.input();
    Path output = folder.resolve("output");
    GatedFileSystem.close(input, 0);
    try (FlinkCluster cluster =
        FlinkCluster.application(
            folder.resolve("home"),
            logs,
            Map.of("pipeline.name", "nightly", "restart-strategy.type", "fixed-delay"),
            List.of("-Dparallelism.default=2"),
            expected.argumentsFor(output.toString()))) {
      cluster.startTaskManager();
      cluster.awaitTaskManagerAt(input, RUN);
      JsonNode config = cluster.rest().executionConfig(cluster.rest().jobNamed("nightly"));
      assertThat(config.required("job-parallelism").intValue()).isEqualTo(2);
      assertThat(config.required("restart-strategy").textValue()).contains("fixed delay");
      GatedFileSystem.open(input);

      // What could not be read is told, and does not fail the job: nobody is to start it again.
      assertThat(cluster.jobManager().exitStatus(RUN)).isZero();
      assertThat(expected.summary()).contains("detect: done, but not all could be read: ");
      assertThat(WrittenOutput.in(output)).isEqualTo(expected.written());
      assertThat(EmbeddedRun.timeless(cluster.jobManager().err())).contains(expected.summary());
    }
  }

  @Test
  void wrongOptionEndsTheCluster(Path logs) throws IOException {
    try (FlinkCluster cluster =
        FlinkCluster.application(
            folder.resolve("home"),
            logs,
            Map.of(),
            List.of(),
            List.of("backfill", "--no-such-option"))) {
      assertThat(cluster.jobManager().exitStatus(RUN)).isEqualTo(FAILED);
      assertThat(cluster.jobManager().err())
          .startsWith("detect: ")
          .contains("--no-such-option")
          .doesNotContain("Exception");
    }
  }
}
