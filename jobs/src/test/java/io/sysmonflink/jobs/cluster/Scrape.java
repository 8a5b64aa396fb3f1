package io.sysmonflink.jobs.cluster;

import io.sysmonflink.jobs.deploy.MetricLabels;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus would get of the processes on a range of ports.
 *
 * @param samples a line each, as exported
 */
record Scrape(List<Sample> samples) {

  private static final Pattern LINE = Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})? (\\S+)");

  /**
   * One value.
   *
   * @param labels as written: {@code name="value",...}
   */
  record Sample(String name, String labels, double value) {

    boolean has(String label, String value) {
      return ("," + labels).contains("," + label + "=\"" + value + "\"");
    }
  }

  /** Asks those that answer. */
  static Scrape of(int firstPort, int ports) throws IOException, InterruptedException {
    List<Sample> samples = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    for (int port = firstPort; port < firstPort + ports; port++) {
      URI uri = URI.create("http://localhost:" + port + "/metrics");
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
      try {
        client.send(request, BodyHandlers.ofLines()).body().forEach(line -> add(line, samples));
      } catch (ConnectException e) {
        // Nobody took this port of the range.
      }
    }
    return new Scrape(samples);
  }

  private static void add(String line, List<Sample> samples) {
    Matcher matcher = LINE.matcher(line);
    if (!line.startsWith("#") && matcher.matches()) {
      String labels = matcher.group(2) == null ? "" : matcher.group(2);
      samples.add(new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3))));
    }
  }

  Set<String> names() {
    return samples.stream().map(Sample::name).collect(Collectors.toSet());
  }

  /** Whether some task exports a metric with a label. */
  boolean has(MetricLabels.Label label) {
    return samples.stream()
        .anyMatch(
            sample ->
                sample.name().equals(label.metric())
                    && ("," + sample.labels()).contains(label.written()));
  }

  /** The sum of a metric over the tasks of a job. */
  double sum(String name, String job) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.has("job_name", job))
        .mapToDouble(Sample::value)
        .sum();
  }
}
