package io.sysmonflink.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a JobManager tells of itself. */
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

  /** The ids of all jobs, whatever their state. */
  List<String> jobs() throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    get("/jobs").required("jobs").forEach(job -> ids.add(job.required("id").textValue()));
    return ids;
  }

  /** A job, with its vertices. */
  JsonNode job(String id) throws IOException, InterruptedException {
    return get("/jobs/" + id);
  }

  /** The settings of a job that every job has. */
  JsonNode executionConfig(String id) throws IOException, InterruptedException {
    return get("/jobs/" + id + "/config").required("execution-config");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + path);
    var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    var response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(uri + ": " + response.statusCode() + ": " + response.body());
    }
    return MAPPER.readTree(response.body());
  }
}
