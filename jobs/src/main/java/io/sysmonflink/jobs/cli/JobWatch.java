package io.sysmonflink.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;

/**
 * Reports, while a job runs, that it failed and started again, and why; and that its checkpoints
 * fail, and what that means. It reports each at once, and then once a minute at most. It asks the
 * JobManager each second; what the JobManager does not say is not reported.
 */
final class JobWatch implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * While tasks start, checkpoints fail for no other reason. What the JobManager answers may be
   * some seconds old.
   */
  private static final Duration START = Duration.ofSeconds(10);

  /** Why a checkpoint ends that would not have failed, had the job not. */
  private static final Pattern OF_THE_JOB =
      Pattern.compile(
          "(?s)Checkpoint ?Coordinator .*|The job has failed.*|FailoverRegion .*|Task has failed.*");

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI job;
  private final Optional<Duration> withoutCheckpoint;
  private final String folder;
  private final Consumer<String> report;
  private final Clock clock;
  private final Repeated restarts = new Repeated();
  private final Repeated checkpoints = new Repeated();
  private final Thread thread = new Thread(this::run, "job-watch");

  /** The newest failure that was seen. */
  private Instant failure;

  /** When the newest complete checkpoint began, or the watch. */
  private Instant checkpoint;

  private boolean anyCheckpoint;
  private long failedCheckpoints;
  private long newestFailedCheckpoint = -1;

  /** Since when all tasks run; null where some do not. */
  private Instant running;

  /**
   * A watch that is not started.
   *
   * @param rest where the JobManager answers
   * @param withoutCheckpoint how long the job goes on without a checkpoint; for ever where it does
   *     not say
   * @param folder where checkpoints go
   * @param report takes a line for the user
   */
  JobWatch(
      URI rest,
      JobID job,
      Optional<Duration> withoutCheckpoint,
      String folder,
      Consumer<String> report,
      Clock clock) {
    this.job = rest.resolve("/jobs/" + job);
    this.withoutCheckpoint = withoutCheckpoint;
    this.folder = folder;
    this.report = report;
    this.clock = clock;
    failure = clock.instant();
    checkpoint = clock.instant();
    thread.setDaemon(true);
  }

  /** Begins to look each second. */
  JobWatch start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(PAUSE.toMillis());
        try {
          look();
        } catch (IOException e) {
          // It is gone, or is coming back.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once, and reports what is due. */
  void look() throws IOException, InterruptedException {
    seeFailures(get("/exceptions").path("exceptionHistory").path("entries"));
    Instant now = clock.instant();
    seeTasks(get("").path("vertices"), now);
    seeCheckpoints(get("/checkpoints"), now);
    restarts
        .due(now)
        .ifPresent(
            due ->
                report.accept(
                    "the job failed%s and goes on from %s: %s"
                        .formatted(due.times(), lastCheckpoint(), due.reason())));
    checkpoints
        .due(now)
        .ifPresent(
            due ->
                report.accept(
                    "a checkpoint failed%s: %s (it goes to %s); %s"
                        .formatted(due.times(), due.reason(), folder, meaning(now))));
  }

  /** They come with the newest first. */
  private void seeFailures(JsonNode entries) {
    Deque<JsonNode> unseen = new ArrayDeque<>();
    for (JsonNode entry : entries) {
      if (time(entry, "timestamp").isAfter(failure)) {
        unseen.addFirst(entry);
      }
    }
    for (JsonNode entry : unseen) {
      failure = time(entry, "timestamp");
      restarts.add(
          1,
          failure.truncatedTo(ChronoUnit.SECONDS),
          Failure.reason(StackTraces.failure(entry.path("stacktrace").asText(""))));
    }
  }

  private void seeTasks(JsonNode vertices, Instant now) {
    for (JsonNode vertex : vertices) {
      if (!vertex.path("status").asText().equals("RUNNING")) {
        running = null;
        return;
      }
    }
    running = running == null ? now : running;
  }

  private void seeCheckpoints(JsonNode statistics, Instant now) {
    JsonNode completed = statistics.path("latest").path("completed");
    if (completed.hasNonNull("trigger_timestamp")) {
      checkpoint = time(completed, "trigger_timestamp");
      anyCheckpoint = true;
    }
    long failed = statistics.path("counts").path("failed").asLong();
    int more = (int) (failed - failedCheckpoints);
    failedCheckpoints = failed;
    JsonNode newest = statistics.path("latest").path("failed");
    long id = newest.path("id").asLong(-1);
    if (id > newestFailedCheckpoint) {
      newestFailedCheckpoint = id;
      String message = newest.path("failure_message").asText("");
      if (!OF_THE_JOB.matcher(message).matches()) {
        addFailed(
            Math.max(1, more),
            time(newest, "failure_timestamp"),
            Failure.reason(StackTraces.failure(message)));
      }
    } else if (more > 0 && running != null && !running.plus(START).isAfter(now)) {
      // Of a checkpoint that does not even begin, the JobManager shows only the number.
      addFailed(more, now, "it could not begin");
    }
  }

  private void addFailed(int times, Instant at, String reason) {
    checkpoints.add(times, at.truncatedTo(ChronoUnit.SECONDS), reason);
  }

  private String lastCheckpoint() {
    return anyCheckpoint
        ? "its checkpoint of " + checkpoint.truncatedTo(ChronoUnit.SECONDS)
        : "its start";
  }

  private String meaning(Instant now) {
    String goesOn = "the job goes on, and after a failure from " + lastCheckpoint();
    return withoutCheckpoint
        .map(
            limit -> {
              Duration left = limit.minus(Duration.between(checkpoint, now));
              return goesOn
                  + "; risk events and dead letters wait for a checkpoint, and without one in %s the job goes back there"
                      .formatted(minutes(left.isNegative() ? Duration.ZERO : left));
            })
        .orElse(goesOn);
  }

  private static String minutes(Duration left) {
    return left.toMinutes() + " min " + left.toSecondsPart() + " s";
  }

  private static Instant time(JsonNode object, String field) {
    return Instant.ofEpochMilli(object.path(field).asLong());
  }

  private JsonNode get(String what) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(job + what)).timeout(TIMEOUT).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + ": status " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
