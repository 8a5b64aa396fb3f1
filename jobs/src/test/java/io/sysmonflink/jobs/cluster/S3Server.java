package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An object store that speaks S3, in a process of its own: Adobe's S3Mock, which keeps objects in
 * files and knows multipart uploads. It lets everybody in, whatever the signature of a request.
 */
final class S3Server implements AutoCloseable {

  /** The only bucket. */
  static final String BUCKET = "sysmon";

  private static final Path LIB =
      Path.of("../faults-lib/target/s3-server").toAbsolutePath().normalize();
  private static final Path PLUGINS =
      Path.of("../faults-lib/target/plugins").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

  private final HttpClient client = HttpClient.newHttpClient();
  private final FlinkProcess process;
  private final int port;

  /**
   * A server that is up.
   *
   * @param home a new folder
   */
  static S3Server started(Path home, Path logs) throws IOException {
    assertThat(LIB).as("the S3 server: put there by ./mvnw verify -Pfaults").isDirectory();
    Files.createSymbolicLink(home.resolve("lib"), LIB);
    int port;
    try (ServerSocket http = new ServerSocket(0)) {
      port = http.getLocalPort();
    }
    FlinkProcess process =
        FlinkProcess.start(
            "s3",
            home,
            logs,
            List.of("-Xmx256m"),
            "org.springframework.boot.loader.launch.JarLauncher",
            List.of(
                "--http.port=" + port,
                "--server.port=0",
                "--com.adobe.testing.s3mock.store.root=" + home.resolve("data"),
                "--com.adobe.testing.s3mock.store.initialBuckets=" + BUCKET));
    S3Server server = new S3Server(process, port);
    try {
      Deadline.await(
          "the S3 server answers",
          LIMIT,
          () -> {
            assertThat(process.isAlive()).as("the S3 server runs").isTrue();
            return server.keys("").isEmpty();
          });
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private S3Server(FlinkProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  int port() {
    return port;
  }

  /** Puts Flink's plugin for S3 into the home of a cluster that is not yet started. */
  static void addPlugin(Path home) throws IOException {
    assertThat(PLUGINS).as("Flink's plugins: put there by ./mvnw verify -Pfaults").isDirectory();
    Files.createDirectories(home);
    Files.createSymbolicLink(home.resolve("plugins"), PLUGINS);
  }

  /**
   * What {@code config.yaml} says of an S3 that is not Amazon's.
   *
   * @param port of the server, or of a proxy before it
   */
  static Map<String, String> settings(int port) {
    return Map.of(
        "s3.endpoint", "http://localhost:" + port,
        "s3.path.style.access", "true",
        "s3.access-key", "test",
        "s3.secret-key", "test");
  }

  /** Uploads all files of a folder, as objects whose keys begin with a prefix. */
  void upload(Path folder, String prefix) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        send(
            "PUT",
            "/" + prefix + folder.relativize(file),
            BodyPublishers.ofFile(file),
            BodyHandlers.ofString());
      }
    }
  }

  /** Downloads all objects whose keys begin with a prefix, as files of the rest of their keys. */
  void download(String prefix, Path folder) throws IOException, InterruptedException {
    for (String key : keys(prefix)) {
      Path file = folder.resolve(key.substring(prefix.length()));
      if (!key.endsWith("/")) { // such an object stands for a folder
        Files.createDirectories(file.getParent());
        send("GET", "/" + key, BodyPublishers.noBody(), BodyHandlers.ofFile(file));
      }
    }
  }

  /**
   * The keys that begin with a prefix, a thousand at the most. The server fails to list while
   * objects come and go, so it is asked again.
   */
  List<String> keys(String prefix) {
    List<List<String>> found = new ArrayList<>();
    Deadline.await("a list of " + prefix, LIMIT, () -> found.add(keysOnce(prefix)));
    return found.get(0);
  }

  private List<String> keysOnce(String prefix) throws IOException, InterruptedException {
    String list =
        send(
            "GET",
            "?list-type=2&prefix=" + prefix,
            BodyPublishers.noBody(),
            BodyHandlers.ofString());
    assertThat(list).contains("<IsTruncated>false<");
    List<String> keys = new ArrayList<>();
    Matcher key = KEY.matcher(list);
    while (key.find()) {
      keys.add(key.group(1));
    }
    return keys;
  }

  private <T> T send(
      String method,
      String path,
      HttpRequest.BodyPublisher body,
      HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + "/" + BUCKET + path.replace(" ", "%20"));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).method(method, body).build();
    HttpResponse<T> response = client.send(request, handler);
    if (response.statusCode() / 100 != 2) {
      throw new IOException(method + " " + uri + ": " + response.statusCode());
    }
    return response.body();
  }

  @Override
  public void close() {
    process.close();
  }
}
