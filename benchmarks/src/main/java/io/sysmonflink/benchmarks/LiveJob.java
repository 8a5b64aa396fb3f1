package io.sysmonflink.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code ./detect live} with its default options, and what Flink's REST interface tells of it. */
final class LiveJob implements AutoCloseable {
  static final Duration METRICS_INTERVAL = Duration.ofMillis(500);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JavaProcess process;
  private final String rest;
  private String job;

  private LiveJob(JavaProcess process, int port) {
    this.process = process;
    this.rest = "http://localhost:" + port;
  }

  /** Starts it and waits until it runs. */
  static LiveJob start(Path root, Path folder, LiveBroker broker, List<String> more)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket web = new ServerSocket(0)) {
      port = web.getLocalPort();
    }
    List<String> command = new ArrayList<>(List.of(root.resolve("detect").toString(), "live"));
    command.addAll(List.of("--brokers", broker.address(), "--topic", LiveBroker.EVENTS));
    command.addAll(
        List.of(
            "-Drest.bind-port=" + port,
            "-Dmetrics.fetcher.update-interval=" + METRICS_INTERVAL.toMillis()));
    command.addAll(more);
    LiveJob live = new LiveJob(JavaProcess.start("job", folder, command), port);
    live.process.await(Duration.ofMinutes(2), live::runs);
    return live;
  }

  private boolean runs() throws IOException {
    JsonNode jobs = get("/jobs/overview").required("jobs");
    job = "/jobs/" + jobs.required(0).required("jid").textValue();
    for (JsonNode vertex : get(job).required("vertices")) {
      if (!vertex.required("status").textValue().equals("RUNNING")) {
        return false;
      }
    }
    return true;
  }

  /** How many records it has read. */
  long records() throws IOException {
    double sum = 0;
    for (JsonNode vertex : get(job).required("vertices")) {
      String metrics = job + "/vertices/" + vertex.required("id").textValue() + "/subtasks/metrics";
      for (JsonNode metric : get(metrics)) {
        String id = metric.required("id").textValue();
        if (id.endsWith(".sysmon.records")) {
          String query = "?agg=sum&get=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
          sum += get(metrics + query).required(0).required("sum").doubleValue();
        }
      }
    }
    return (long) sum;
  }

  /** The size of the last checkpoint in bytes; 0 before the first. */
  long stateSize() throws IOException {
    return get(job + "/checkpoints").path("latest").path("completed").path("state_size").asLong();
  }

  /** A metric of the process. */
  long ofProcess(String metric) throws IOException {
    String manager =
        get("/taskmanagers").required("taskmanagers").required(0).required("id").textValue();
    return get("/taskmanagers/" + manager + "/metrics?get=" + metric)
        .required(0)
        .required("value")
        .asLong();
  }

  /** What it holds on its heap; halts it for a moment. */
  LiveHeap heap() throws IOException, InterruptedException {
    return LiveHeap.of(process.pid());
  }

  private JsonNode get(String path) throws IOException {
    try (InputStream answer = URI.create(rest + path).toURL().openStream()) {
      return MAPPER.readTree(answer);
    }
  }

  Duration cpu() {
    return process.cpu();
  }

  @Override
  public void close() {
    process.close();
  }
}
