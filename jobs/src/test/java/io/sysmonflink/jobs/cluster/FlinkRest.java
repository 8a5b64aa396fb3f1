package io.sysmonflink.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

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
    return get("/jobs/" + job.required("jid").textValue() + "/config").required("execution-config");
  }

  /** The TaskManagers on which tasks of a job failed. */
  Set<String> placesOfFailure(JsonNode job) throws IOException, InterruptedException {
    JsonNode history =
        get("/jobs/" + job.required("jid").textValue() + "/exceptions")
            .required("exceptionHistory");
    return Set.copyOf(history.required("entries").findValuesAsText("taskManagerId"));
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
