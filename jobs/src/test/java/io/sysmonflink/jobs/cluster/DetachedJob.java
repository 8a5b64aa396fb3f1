package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code flink run -d ... live} on a cluster, started again and again from where it was. */
final class DetachedJob implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(90);

  private final FlinkCluster cluster;
  private final Path checkpoints;
  private final String name;
  private int starts;
  private JsonNode job;

  /** Settings of a cluster on which such a job lives. */
  static Map<String, String> checkpointsEachSecond(Path checkpoints) {
    return Map.of(
        "execution.checkpointing.dir",
        checkpoints.toUri().toString(),
        "execution.checkpointing.interval",
        "1s",
        "execution.checkpointing.externalized-checkpoint-retention",
        "RETAIN_ON_CANCELLATION");
  }

  /**
   * A job that is not yet started.
   *
   * @param checkpoints the folder of the cluster's {@code execution.checkpointing.dir}
   */
  DetachedJob(FlinkCluster cluster, Path checkpoints, String name) {
    this.cluster = cluster;
    this.checkpoints = checkpoints;
    this.name = name;
  }

  /**
   * Starts it and waits for a checkpoint.
   *
   * @param options of {@code flink run}
   */
  void start(List<String> options, List<String> arguments) {
    String jobName = name + "-" + ++starts;
    List<String> all = new ArrayList<>(List.of("-d", "-Dpipeline.name=" + jobName));
    all.addAll(options);
    FlinkProcess client = cluster.submit(all, arguments);
    assertThat(client.exitStatus(LIMIT)).as(client.err()).isZero();
    Deadline.await("job " + jobName, LIMIT, () -> (job = cluster.rest().jobNamed(jobName)) != null);
    awaitCheckpoints(1);
  }

  /** Waits until it has completed so many more checkpoints. */
  void awaitCheckpoints(int more) {
    int[] before = {-1};
    Deadline.await(
        more + " checkpoints of " + name,
        LIMIT,
        () -> {
          int completed = cluster.rest().checkpoints(job);
          before[0] = before[0] < 0 ? completed : before[0];
          return completed >= before[0] + more;
        });
  }

  /** Waits until it went on from a checkpoint so often, and works. */
  void awaitRestores(int times) {
    Deadline.await("a restart", LIMIT, () -> cluster.rest().restores(job) >= times);
    awaitCheckpoints(1);
  }

  /** Waits until one more checkpoint has failed. */
  void awaitFailedCheckpoint() {
    int[] before = {-1};
    Deadline.await(
        "a checkpoint of " + name + " that fails",
        LIMIT,
        () -> {
          int failed = cluster.rest().failedCheckpoints(job);
          before[0] = before[0] < 0 ? failed : before[0];
          return failed > before[0];
        });
  }

  /** How often it went on from a checkpoint or savepoint. */
  int restores() throws IOException, InterruptedException {
    return cluster.rest().restores(job);
  }

  /** Stops it with a savepoint, and tells where that is. */
  String stop(Path savepoints) throws Exception {
    String savepoint = cluster.rest().stopWithSavepoint(job, savepoints);
    awaitState("FINISHED");
    return savepoint;
  }

  void cancel() throws Exception {
    cluster.rest().cancel(job);
    awaitState("CANCELED");
  }

  private void awaitState(String state) {
    Deadline.await(name + " is " + state, LIMIT, () -> cluster.rest().state(job).equals(state));
  }

  /** Cancels it where it still runs, so that the next test finds the slots free. */
  @Override
  public void close() throws Exception {
    if (job != null && !cluster.rest().hasEnded(job)) {
      cancel();
    }
  }

  /** The newest checkpoint that is complete, of all its starts. */
  Path newestCheckpoint() throws IOException {
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .orElseThrow()
          .getParent();
    }
  }
}
