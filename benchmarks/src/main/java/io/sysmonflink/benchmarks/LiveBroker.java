package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/** A Kafka broker of its own, which stamps each message with the time when it appends it. */
record LiveBroker(JavaProcess process, String address) implements AutoCloseable {
  /** The topic of the events; one partition for each core of the machine that was measured on. */
  static final String EVENTS = "sysmon";

  static final String RESULTS = "detection_results";
  static final int PARTITIONS = 2;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * Starts one that has the topics.
   *
   * @param folder a new one
   */
  static LiveBroker start(Path root, Path folder) throws Exception {
    Path properties = folder.resolve("server.properties");
    String address;
    try (ServerSocket clients = new ServerSocket(0);
        ServerSocket controller = new ServerSocket(0)) {
      address = "localhost:" + clients.getLocalPort();
      Files.writeString(
          properties, properties(address, "localhost:" + controller.getLocalPort(), folder));
    }
    List<String> format =
        java(
            root,
            "kafka.tools.StorageTool",
            List.of("format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()));
    Process formatting =
        new ProcessBuilder(format)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("format.log").toFile())
            .start();
    if (formatting.waitFor() != 0) {
      throw new IOException("the broker's folder cannot be formatted: see " + folder);
    }
    JavaProcess process =
        JavaProcess.start(
            "broker", folder, java(root, "kafka.Kafka", List.of(properties.toString())));
    LiveBroker broker = new LiveBroker(process, address);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      process.await(
          LIMIT, () -> !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty());
      admin
          .createTopics(
              List.of(
                  topic(EVENTS, "delete"),
                  topic(RESULTS, "compact"),
                  topic("risk_events", "delete"),
                  topic("dead_letter", "delete")))
          .all()
          .get(60, TimeUnit.SECONDS);
      return broker;
    } catch (Exception e) {
      broker.close();
      throw e;
    }
  }

  private static NewTopic topic(String name, String policy) {
    return new NewTopic(name, PARTITIONS, (short) 1)
        .configs(Map.of("cleanup.policy", policy, "message.timestamp.type", "LogAppendTime"));
  }

  private static List<String> java(Path root, String mainClass, List<String> arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jars = root.resolve("kafka-lib/target/lib") + "/*";
    List<String> command = new ArrayList<>(List.of(java, "-Xmx512m", "-cp", jars, mainClass));
    command.addAll(arguments);
    return command;
  }

  // Events that were read long ago go, so that a long run does not fill the disk.
  private static String properties(String address, String controller, Path folder) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@%2$s
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://%1$s,CONTROLLER://%2$s
        log.dirs=%3$s
        log.segment.bytes=134217728
        log.retention.bytes=1073741824
        log.retention.check.interval.ms=5000
        auto.create.topics.enable=false
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
        .formatted(address, controller, folder.resolve("data"));
  }

  @Override
  public void close() {
    process.close();
  }
}
