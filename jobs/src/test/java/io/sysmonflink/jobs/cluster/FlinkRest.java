package io.sysmonflink.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.api.common.JobStatus;

/** What a JobManager, or another process of Flink's, tells of itself. */
final class FlinkRest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final int port;

  FlinkRest(int port) {
    this.port = port;
  }

  /** How many TaskManagers are known. */
  int taskManagers() throws IOException, InterruptedException {
    return get("/overview").required("taskmanagers").intValue();
  }

  /** The only job of a name, with its vertices. */
  JsonNode jobNamed(String name) throws IOException, InterruptedException {
    for (JsonNode job : get("/jobs/overview").required("jobs")) {
      if (job.required("name").textValue().equals(name)) {
        return get("/jobs/" + job.required("jid").textValue());
      }
    }
    throw new IOException("no job named " + name);
  }

  /** The settings that every job has. */
  JsonNode executionConfig(JsonNode job) throws IOException, InterruptedException {
    return get(path(job) + "/config").required("execution-config");
  }

  /** The TaskManagers on which tasks of a job failed. */
  Set<String> placesOfFailure(JsonNode job) throws IOException, InterruptedException {
    JsonNode history = get(path(job) + "/exceptions").required("exceptionHistory");
    return Set.copyOf(history.required("entries").findValuesAsText("taskManagerId"));
  }

  /** What {@code RUNNING} and the like the job is in. */
  String state(JsonNode job) throws IOException, InterruptedException {
    return get(path(job)).required("state").textValue();
  }

  /** Whether the job will do nothing more. */
  boolean hasEnded(JsonNode job) throws IOException, InterruptedException {
    return JobStatus.valueOf(state(job)).isGloballyTerminalState();
  }

  /** All that the job's pages show of its configuration. */
  String configuration(JsonNode job) throws IOException, InterruptedException {
    return get(path(job) + "/config").toString() + get(path(job) + "/jobmanager/config");
  }

  /** A metric, added up over all subtasks that have it; 0 where it is not yet there. */
  long metric(JsonNode job, String name) throws IOException, InterruptedException {
    double sum = 0;
    for (JsonNode vertex : get(path(job)).required("vertices")) {
      String metrics =
          path(job) + "/vertices/" + vertex.required("id").textValue() + "/subtasks/metrics";
      for (JsonNode metric : get(metrics)) {
        String id = metric.required("id").textValue();
        if (id.endsWith("." + name)) {
          String query = "?agg=sum&get=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
          for (JsonNode value : get(metrics + query)) {
            sum += value.required("sum").doubleValue();
          }
        }
      }
    }
    return (long) sum;
  }

  /** A metric in the JobManager, added up over all vertices whose coordinators have it. */
  long coordinatorMetric(JsonNode job, String name) throws IOException, InterruptedException {
    double sum = 0;
    for (JsonNode vertex : get(path(job)).required("vertices")) {
      String metrics =
          path(job) + "/vertices/" + vertex.required("id").textValue() + "/jm-operator-metrics";
      for (JsonNode metric : get(metrics)) {
        String id = metric.required("id").textValue();
        if (id.endsWith("." + name)) {
          String query = "?get=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
          for (JsonNode value : get(metrics + query)) {
            sum += Double.parseDouble(value.required("value").textValue());
          }
        }
      }
    }
    return (long) sum;
  }

  /** How many checkpoints a job has completed since its last start. */
  int checkpoints(JsonNode job) throws IOException, InterruptedException {
    return checkpoints(job, "completed");
  }

  /** The same of those that are {@code completed}, {@code failed} or {@code in_progress}. */
  int checkpoints(JsonNode job, String state) throws IOException, InterruptedException {
    return get(path(job) + "/checkpoints").required("counts").required(state).intValue();
  }

  /** How often a job failed and started again. */
  long restarts(JsonNode job) throws IOException, InterruptedException {
    return get(path(job) + "/metrics?get=numRestarts").path(0).path("value").asLong();
  }

  /** How many checkpoints of a job have failed. */
  int failedCheckpoints(JsonNode job) throws IOException, InterruptedException {
    return get(path(job) + "/checkpoints").required("counts").required("failed").intValue();
  }

  /** The size of a job's newest checkpoint, in bytes. */
  long stateSize(JsonNode job) throws IOException, InterruptedException {
    JsonNode newest = get(path(job) + "/checkpoints").required("latest").required("completed");
    return newest.required("state_size").longValue();
  }

  /** How often a job went on from a checkpoint or savepoint. */
  int restores(JsonNode job) throws IOException, InterruptedException {
    return get(path(job) + "/checkpoints").required("counts").required("restored").intValue();
  }

  /** Stops a job behind the last thing that it read, and tells where its savepoint is. */
  String stopWithSavepoint(JsonNode job, Path folder) throws IOException, InterruptedException {
    String body = MAPPER.createObjectNode().put("targetDirectory", folder.toString()).toString();
    String trigger = send(path(job) + "/stop", "POST", body).required("request-id").textValue();
    JsonNode[] done = new JsonNode[1];
    Deadline.await(
        "a savepoint",
        Duration.ofSeconds(60),
        () -> {
          done[0] = get(path(job) + "/savepoints/" + trigger);
          return done[0].required("status").required("id").textValue().equals("COMPLETED");
        });
    JsonNode location = done[0].required("operation").get("location");
    if (location == null) {
      throw new IOException("no savepoint: " + done[0]);
    }
    return location.textValue();
  }

  /** Asks to cancel a job. */
  void cancel(JsonNode job) throws IOException, InterruptedException {
    send(path(job) + "?mode=cancel", "PATCH", "");
  }

  private static String path(JsonNode job) {
    return "/jobs/" + job.required("jid").textValue();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send(path, "GET", "");
  }

  /** Asks for a path; anything but a status of 2xx is an error. */
  JsonNode send(String path, String method, String body) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + path);
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .method(method, BodyPublishers.ofString(body))
            .build();
    var response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(uri + ": " + response.statusCode() + ": " + response.body());
    }
    return MAPPER.readTree(response.body());
  }
}
