package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A Flink cluster as a distribution would start it: a JobManager and TaskManagers, each in a
 * process of its own, on free ports of this machine. Of this project only the tests' classes are on
 * their class path, for {@link GatedFileSystem}.
 */
final class FlinkCluster implements AutoCloseable {

  static final Path JOB = Path.of("target/flink-sysmon-detections.jar").toAbsolutePath();

  private static final Path LIB = Path.of("../flink-lib/target/lib").toAbsolutePath().normalize();
  private static final List<String> JOB_MANAGER = List.of("-Xmx256m");
  private static final List<String> CLIENT = List.of("-Xmx512m");

  /** As config.yaml has it, and a distribution's script would say it. */
  private static final List<String> TASK_MANAGER = List.of("-Xmx352m", "-XX:MaxMetaspaceSize=192m");

  private static final String SESSION =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";

  private static final Duration START = Duration.ofMinutes(2);

  private final Path home;
  private final Path logs;
  private FlinkRest rest;
  private int restPort;
  private final List<FlinkProcess> processes = new ArrayList<>();
  private final List<FlinkProcess> jobManagers = new ArrayList<>();
  private final List<FlinkProcess> taskManagers = new ArrayList<>();
  private int clients;

  private FlinkCluster(Path home, Path logs) throws IOException {
    this.home = home;
    this.logs = logs;
    assertThat(JOB).as("the job's jar: built by ./mvnw verify").exists();
    assertThat(LIB).as("Flink's jars: put there by ./mvnw verify").isDirectory();
    Files.createDirectories(home.resolve("conf"));
    Files.createSymbolicLink(home.resolve("lib"), LIB);
    Files.createSymbolicLink(home.resolve("more"), Path.of("target/test-classes").toAbsolutePath());
    copy("log4j.properties");
    copy("config.yaml");
    try (ServerSocket rpc = new ServerSocket(0);
        ServerSocket web = new ServerSocket(0)) {
      restPort = web.getLocalPort();
      configure("jobmanager.rpc.address", "localhost");
      configure("jobmanager.rpc.port", rpc.getLocalPort());
      configure("rest.address", "localhost");
      configure("rest.port", restPort);
    }
    rest = new FlinkRest(restPort);
  }

  /**
   * A cluster that takes jobs from clients.
   *
   * @param home a new folder
   */
  static FlinkCluster session(Path home, Path logs, int taskManagers) throws IOException {
    return session(home, logs, taskManagers, Map.of());
  }

  /**
   * The same with more settings.
   *
   * @param config more of its {@code config.yaml}
   */
  static FlinkCluster session(Path home, Path logs, int taskManagers, Map<String, String> config)
      throws IOException {
    FlinkCluster cluster = new FlinkCluster(home, logs);
    for (Map.Entry<String, String> setting : config.entrySet()) {
      cluster.configure(setting.getKey(), setting.getValue());
    }
    try {
      cluster.startJobManager();
      for (int i = 0; i < taskManagers; i++) {
        cluster.startTaskManager();
      }
      cluster.awaitTaskManagers(taskManagers);
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * A cluster that runs the job from its {@code usrlib} and ends with it.
   *
   * @param config more of its {@code config.yaml}
   * @param options Flink's own, on the command line
   * @param arguments of the job
   */
  static FlinkCluster application(
      Path home,
      Path logs,
      Map<String, String> config,
      List<String> options,
      List<String> arguments)
      throws IOException {
    FlinkCluster cluster = new FlinkCluster(home, logs);
    for (Map.Entry<String, String> setting : config.entrySet()) {
      cluster.configure(setting.getKey(), setting.getValue());
    }
    Files.createDirectories(home.resolve("usrlib"));
    Files.copy(JOB, home.resolve("usrlib").resolve(JOB.getFileName()));
    List<String> all = new ArrayList<>(List.of("--job-classname", "io.sysmonflink.jobs.Detect"));
    all.addAll(options);
    all.addAll(arguments);
    cluster.startJobManager(
        "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint", all);
    return cluster;
  }

  FlinkRest rest() {
    return rest;
  }

  /** The JobManager that was started last. */
  FlinkProcess jobManager() {
    return jobManagers.get(jobManagers.size() - 1);
  }

  /** Starts the JobManager of a session, for the first time or again, without waiting for it. */
  void startJobManager() {
    startJobManager(SESSION, List.of());
  }

  /**
   * Kills the JobManager that leads a session with high availability, once another stands by, and
   * asks that one from now on.
   */
  void killLeaderBesideAStandby() throws IOException, InterruptedException {
    FlinkProcess leader = jobManager();
    int known = rest.taskManagers();
    int port;
    try (ServerSocket web = new ServerSocket(0)) {
      port = web.getLocalPort();
    }
    startJobManager(SESSION, List.of("-Drest.port=" + port));
    FlinkRest standby = new FlinkRest(port);
    // It answers with what it has asked the leader.
    await("the standby knows the leader", START, () -> standby.taskManagers() == known);
    assertThat(leader.isAlive()).as("the leader runs").isTrue();
    leader.kill();
    rest = standby;
    restPort = port;
  }

  private void startJobManager(String mainClass, List<String> arguments) {
    String number = jobManagers.isEmpty() ? "" : "-" + (jobManagers.size() + 1);
    jobManagers.add(start("jobmanager" + number, JOB_MANAGER, mainClass, arguments));
  }

  /** Kills the TaskManager that was started first of those that run. */
  void killTaskManager() {
    taskManagers.stream().filter(FlinkProcess::isAlive).findFirst().orElseThrow().kill();
  }

  /** All that its processes have logged so far. */
  String log() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  /** Starts a TaskManager without waiting for it. */
  FlinkProcess startTaskManager() {
    FlinkProcess taskManager =
        start(
            "taskmanager-" + (taskManagers.size() + 1),
            TASK_MANAGER,
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            List.of());
    taskManagers.add(taskManager);
    return taskManager;
  }

  /** Waits until a TaskManager stands before a closed gate. */
  FlinkProcess awaitTaskManagerAt(Path gate, Duration limit) {
    await("a TaskManager waits before " + gate, limit, () -> waitingAt(gate).isPresent());
    return waitingAt(gate).orElseThrow();
  }

  private Optional<FlinkProcess> waitingAt(Path gate) {
    return taskManagers.stream()
        .filter(FlinkProcess::isAlive)
        .filter(t -> GatedFileSystem.holds(gate, t.pid()))
        .findFirst();
  }

  void awaitTaskManagers(int count) {
    await(count + " TaskManagers", START, () -> rest.taskManagers() == count);
  }

  private void await(String what, Duration limit, Callable<Boolean> done) {
    Deadline.await(
        what,
        limit,
        () -> {
          assertThat(jobManager().isAlive()).as("the JobManager runs").isTrue();
          return done.call();
        });
  }

  /**
   * Starts {@code flink run OPTIONS flink-sysmon-detections.jar ARGUMENTS} without waiting for it.
   */
  FlinkProcess submit(List<String> options, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("run", "-m", "localhost:" + restPort));
    all.addAll(options);
    all.add(JOB.toString());
    all.addAll(arguments);
    clients++;
    FlinkProcess client =
        FlinkProcess.start(
            "client-" + clients,
            home,
            logs,
            CLIENT,
            "org.apache.flink.client.cli.CliFrontend",
            all);
    processes.add(client);
    return client;
  }

  /**
   * A folder with {@code bin/flink}, for scripts that know a distribution by its FLINK_HOME. Like a
   * distribution's it finds the cluster in {@code conf/config.yaml}.
   */
  Path flinkHome() throws IOException {
    Path script = home.resolve("bin/flink");
    Files.createDirectories(script.getParent());
    Files.writeString(
        script,
        FlinkProcess.shellScript(home, logs, CLIENT, "org.apache.flink.client.cli.CliFrontend"));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return home;
  }

  /** Starts an SQL gateway on a port without waiting for it. */
  void startSqlGateway(int port) {
    processes.add(
        FlinkProcess.start(
            "sql-gateway",
            home,
            logs,
            JOB_MANAGER,
            "org.apache.flink.table.gateway.SqlGateway",
            List.of(
                "-Dsql-gateway.endpoint.rest.address=localhost",
                "-Dsql-gateway.endpoint.rest.port=" + port)));
  }

  private FlinkProcess start(
      String name, List<String> memory, String mainClass, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("--configDir", home.resolve("conf").toString()));
    all.addAll(arguments);
    FlinkProcess process = FlinkProcess.start(name, home, logs, memory, mainClass, all);
    processes.add(process);
    return process;
  }

  private void copy(String resource) throws IOException {
    try (InputStream in = FlinkCluster.class.getResourceAsStream(resource)) {
      Files.copy(in, home.resolve("conf").resolve(resource));
    }
  }

  private void configure(String key, Object value) throws IOException {
    Files.writeString(
        home.resolve("conf/config.yaml"), key + ": " + value + "\n", StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    processes.forEach(FlinkProcess::close);
  }
}
