package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of answers as a JobManager gives them; LiveOutputITCase has a real one. */
class JobWatchTest {

  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private Instant now = START;
  private HttpServer jobManager;
  private final JobID job = new JobID();

  @BeforeEach
  void start() throws Exception {
    jobManager = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    jobManager.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath().replace("/jobs/" + job, "");
          byte[] body = answers.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    jobManager.start();
  }

  @AfterEach
  void stop() {
    jobManager.stop(0);
  }

  @Test
  void restartsAreToldAtOnceAndThenOnceAMinute() throws Exception {
    JobWatch watch = watch(Optional.empty());
    failures(failure(-5, "from before"));
    watch.look();
    assertThat(told).isEmpty();

    failures(failure(3, "too large"), failure(-5, "from before"));
    watch.look();
    watch.look();
    assertThat(told).containsExactly("the job failed and goes on from its start: sink: too large");

    told.clear();
    failures(failure(20, "no broker"), failure(10, "too large"), failure(3, "too large"));
    now = START.plusSeconds(30);
    watch.look();
    assertThat(told).isEmpty();
    now = START.plusSeconds(61);
    watch.look();
    assertThat(told)
        .containsExactly(
            "the job failed (2 times since 2026-01-01T10:00:10Z) and goes on from its start: sink: no broker");
  }

  @Test
  void ofACheckpointThatFailsItIsToldWhatTheJobDoes() throws Exception {
    JobWatch watch = watch(Optional.of(Duration.ofMinutes(14)));
    checkpoints(1, "java.io.IOException: /checkpoints: no space left", 5);
    now = START.plusSeconds(40);
    watch.look();
    watch.look();
    assertThat(told)
        .containsExactly(
            "a checkpoint failed: /checkpoints: no space left (it goes to file:/checkpoints); the job goes on, and after a failure from"
                + " its checkpoint of 2026-01-01T10:00:05Z; risk events and dead letters wait for a"
                + " checkpoint, and without one in 13 min 25 s the job goes back there");

    told.clear();
    checkpoints(2, "Checkpoint Coordinator is suspending.", 5);
    now = START.plusSeconds(200);
    watch.look();
    assertThat(told).as("it failed with the job").isEmpty();
  }

  @Test
  void thatACheckpointCannotBeginIsToldOnceTheTasksHaveStarted() throws Exception {
    JobWatch watch = watch(Optional.empty());
    tasks("INITIALIZING");
    couldNotBegin(3);
    watch.look();
    tasks("RUNNING");
    watch.look();
    couldNotBegin(4);
    now = START.plusSeconds(9);
    watch.look();
    assertThat(told).as("answers may be old").isEmpty();

    couldNotBegin(6);
    now = START.plusSeconds(20);
    watch.look();
    assertThat(told)
        .containsExactly(
            "a checkpoint failed (2 times since 2026-01-01T10:00:20Z): it could not begin"
                + " (it goes to file:/checkpoints); the job goes on, and after a failure from its start");
  }

  private void tasks(String status) {
    answers.put(
        "", "{\"vertices\": [{\"status\": \"RUNNING\"}, {\"status\": \"" + status + "\"}]}");
  }

  private void couldNotBegin(int failed) {
    answers.put("/checkpoints", "{\"counts\": {\"failed\": " + failed + "}, \"latest\": {}}");
  }

  private JobWatch watch(Optional<Duration> withoutCheckpoint) {
    URI rest = URI.create("http://localhost:" + jobManager.getAddress().getPort());
    return new JobWatch(
        rest, job, withoutCheckpoint, "file:/checkpoints", told::add, new TestClock());
  }

  private void failures(String... entries) {
    answers.put(
        "/exceptions",
        "{\"exceptionHistory\": {\"entries\": [" + String.join(",", entries) + "]}}");
  }

  private static String failure(int second, String why) {
    return "{\"timestamp\": %s, \"stacktrace\": \"org.x.AnException: sink\\n\\tat a.b(C.java:1)\\nCaused by: org.y.OtherException: %s\\n\\tat d.e(F.java:2)\\n\"}"
        .formatted(START.plusSeconds(second).toEpochMilli(), why);
  }

  private void checkpoints(int failed, String why, int completed) {
    answers.put(
        "/checkpoints",
        "{\"counts\": {\"failed\": %1$s}, \"latest\": {\"completed\": {\"trigger_timestamp\": %2$s}, \"failed\": {\"id\": %1$s, \"failure_timestamp\": %3$s, \"failure_message\": \"%4$s\"}}}"
            .formatted(
                failed, START.plusSeconds(completed).toEpochMilli(), now.toEpochMilli(), why));
  }

  private final class TestClock extends Clock {

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
