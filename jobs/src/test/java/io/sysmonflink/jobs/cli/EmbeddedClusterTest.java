package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedClusterTest {

  /** That of a job may be the greater one: a user's SQL can set its own. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "1, 3"})
  void aJobRunsWhateverParallelismTheClusterWasStartedWith(int ofCluster, int ofJob)
      throws Exception {
    try (EmbeddedCluster cluster = new EmbeddedCluster()) {
      cluster.start(parallelism(ofCluster));
      StreamExecutionEnvironment env =
          new StreamExecutionEnvironment(cluster, parallelism(ofJob), null);
      assertThat(env.fromSequence(1, 5).map(n -> 2 * n).executeAndCollect(6))
          .containsExactlyInAnyOrder(2L, 4L, 6L, 8L, 10L);
    }
  }

  /** Whoever closes it may end the process: nothing is left to be done, and no file behind. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClusterIsGoneOnceItIsClosedWithItsFiles(boolean withJob, @TempDir Path folder)
      throws Exception {
    Set<Thread> before = threads();
    Configuration flink = parallelism(1).set(CoreOptions.TMP_DIRS, folder.toString());
    try (EmbeddedCluster cluster = new EmbeddedCluster()) {
      cluster.start(flink);
      if (withJob) {
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(cluster, flink, null);
        env.fromSequence(1, 5).sinkTo(new DiscardingSink<>());
        env.execute();
      }
    }
    assertThat(folder).isEmptyDirectory();
    // The first of them starts the others.
    threads().stream().filter(thread -> !before.contains(thread)).forEach(this::ends);
    assertThat(threads())
        .filteredOn(thread -> !before.contains(thread))
        .allSatisfy(thread -> assertThat(ends(thread)).as(thread.getName()).isTrue());
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                List.of("flink", "mini", "embedded").stream()
                    .anyMatch(thread.getName()::startsWith))
        .collect(Collectors.toSet());
  }

  private boolean ends(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(20).toMillis());
      return !thread.isAlive();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Configuration parallelism(int parallelism) {
    return new Configuration()
        .set(DeploymentOptions.TARGET, LocalExecutor.NAME)
        .set(DeploymentOptions.ATTACHED, true)
        .set(CoreOptions.DEFAULT_PARALLELISM, parallelism)
        .set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING)
        .set(JobManagerOptions.SLOT_REQUEST_TIMEOUT, Duration.ofSeconds(20));
  }
}
