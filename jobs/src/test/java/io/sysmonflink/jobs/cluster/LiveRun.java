package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.DetectRun;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code detect live} in the process of the tests, until it is stopped. */
final class LiveRun implements AutoCloseable {

  private static final String JOB = "detect live";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final FlinkRest rest;
  private final CompletableFuture<DetectRun> run;
  private final JsonNode job;

  /** Starts it and waits until it reads. */
  LiveRun(List<String> arguments) throws IOException, InterruptedException {
    int port;
    try (ServerSocket web = new ServerSocket(0)) {
      port = web.getLocalPort();
    }
    List<String> all = new ArrayList<>(arguments);
    all.add("-Drest.bind-port=" + port);
    all.add("-Dmetrics.fetcher.update-interval=100");
    all.add("-Dexecution.checkpointing.interval=500ms");
    rest = new FlinkRest(port);
    run = CompletableFuture.supplyAsync(() -> DetectRun.of(all.toArray(String[]::new)));
    Deadline.await(
        "the job runs",
        LIMIT,
        () -> run.isDone() || rest.state(rest.jobNamed(JOB)).equals("RUNNING"));
    if (run.isDone()) {
      throw new AssertionError("ended: " + run.join());
    }
    job = rest.jobNamed(JOB);
  }

  /** What a metric counts, added up over all tasks. */
  long metric(String name) throws IOException, InterruptedException {
    return rest.metric(job, name);
  }

  /** Waits until a metric has a value. */
  void awaitMetric(String name, long value) {
    Deadline.await(name + " is " + value, LIMIT, () -> metric(name) == value);
  }

  /** All that the web page shows of its configuration. */
  String configuration() throws IOException, InterruptedException {
    return rest.configuration(job);
  }

  /** How often it failed and started again. */
  long restarts() throws IOException, InterruptedException {
    return rest.restarts(job);
  }

  /** How many of its checkpoints failed, and how many were completed. */
  int checkpoints(String failedOrCompleted) throws IOException, InterruptedException {
    return rest.checkpoints(job, failedOrCompleted);
  }

  /** The size of the newest checkpoint, in bytes. */
  long stateSize() throws IOException, InterruptedException {
    return rest.stateSize(job);
  }

  /** Waits until so many records and empty messages were read, or more. */
  void awaitRead(long records, long emptyMessages) {
    Deadline.await(
        records + " records and " + emptyMessages + " empty messages are read",
        LIMIT,
        () ->
            run.isDone()
                || (metric("sysmon.records") >= records
                    && metric("sysmon.emptyMessages") >= emptyMessages));
    if (run.isDone()) {
      throw new AssertionError("ended: " + run.join());
    }
  }

  /** What a metric of a source counts that its coordinator has, added up over all sources. */
  long coordinatorMetric(String name) throws IOException, InterruptedException {
    return rest.coordinatorMetric(job, name);
  }

  /** Stops it with a savepoint, as below, and tells where that is. */
  String stopAt(Path savepoints) throws Exception {
    String savepoint = rest.stopWithSavepoint(job, savepoints);
    run.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    return savepoint;
  }

  /** Stops it with a savepoint: all that it read is written. */
  DetectRun stop(Path savepoints) throws Exception {
    rest.stopWithSavepoint(job, savepoints);
    DetectRun ended = run.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended.status()).as(ended.err()).isZero();
    return ended;
  }

  @Override
  public void close() throws Exception {
    if (!run.isDone()) {
      rest.cancel(job);
      run.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
