package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A ZooKeeper of one node in a process of its own, on a free port of this machine. */
final class ZooKeeperServer implements AutoCloseable {

  private static final Path LIB =
      Path.of("../faults-lib/target/zookeeper").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> MEMORY = List.of("-Xmx64m");

  private final Path home;
  private final Path logs;
  private final int port;
  private final List<FlinkProcess> processes = new ArrayList<>();

  /**
   * A server that is up.
   *
   * @param home a new folder
   */
  static ZooKeeperServer started(Path home, Path logs) throws IOException {
    ZooKeeperServer server = new ZooKeeperServer(home, logs);
    try {
      server.start();
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private ZooKeeperServer(Path home, Path logs) throws IOException {
    this.home = home;
    this.logs = logs;
    assertThat(LIB).as("ZooKeeper's jars: put there by ./mvnw verify -Pfaults").isDirectory();
    Files.createDirectories(home.resolve("conf"));
    Files.createSymbolicLink(home.resolve("lib"), LIB);
    try (InputStream in = ZooKeeperServer.class.getResourceAsStream("log4j.properties")) {
      Files.copy(in, home.resolve("conf/log4j.properties"));
    }
    try (ServerSocket clients = new ServerSocket(0)) {
      port = clients.getLocalPort();
    }
    // A session may be as short as two ticks: so soon is the leader's end seen.
    Files.writeString(
        home.resolve("conf/zoo.cfg"),
        """
        tickTime=500
        dataDir=%s
        clientPort=%d
        clientPortAddress=localhost
        admin.enableServer=false
        4lw.commands.whitelist=ruok
        """
            .formatted(home.resolve("data"), port));
  }

  /** Starts it, for the first time or again, and waits until it answers. */
  void start() {
    FlinkProcess server =
        FlinkProcess.start(
            "zookeeper-" + processes.size(),
            home,
            logs,
            MEMORY,
            "org.apache.zookeeper.server.ZooKeeperServerMain",
            List.of(home.resolve("conf/zoo.cfg").toString()));
    processes.add(server);
    Deadline.await(
        "ZooKeeper answers",
        LIMIT,
        () -> {
          assertThat(server.isAlive()).as("ZooKeeper runs").isTrue();
          return isOk();
        });
  }

  private boolean isOk() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write("ruok".getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII).equals("imok");
    }
  }

  /** As {@code kill -9} does. */
  void kill() {
    processes.get(processes.size() - 1).kill();
  }

  /** Where clients find it. */
  String address() {
    return "localhost:" + port;
  }

  @Override
  public void close() {
    processes.forEach(FlinkProcess::close);
  }
}
