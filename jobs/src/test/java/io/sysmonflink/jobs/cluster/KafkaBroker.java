package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka broker of one node in a process of its own, on free ports of this machine. */
final class KafkaBroker implements AutoCloseable {

  private static final Path LIB = Path.of("../kafka-lib/target/lib").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> MEMORY = List.of("-Xmx256m");

  private final Path home;
  private final Path logs;
  private final Path properties;
  private final String address;
  private final String tlsAddress;
  private final List<FlinkProcess> processes = new ArrayList<>();

  /**
   * A broker that is up.
   *
   * @param home a new folder
   */
  static KafkaBroker started(Path home, Path logs) throws IOException {
    return started(home, logs, "SSL", "");
  }

  /** The same, which clients can also reach through TLS. */
  static KafkaBroker started(Path home, Path logs, KafkaTls tls) throws IOException {
    return started(home, logs, "SSL", tls.brokerProperties());
  }

  /** The same, which heeds ACLs where there are any. */
  static KafkaBroker startedWithAcls(Path home, Path logs) throws IOException {
    return started(
        home,
        logs,
        "SSL",
        """
        authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
        allow.everyone.if.no.acl.found=true
        """);
  }

  /**
   * The same, where who comes through TLS has to give a password, and may do what he has a right
   * to. Who comes without TLS may do everything: the tests themselves do.
   */
  static KafkaBroker startedForUsers(Path home, Path logs, KafkaTls tls) throws IOException {
    String users =
        """
        sasl.enabled.mechanisms=%s
        listener.name.sasl_ssl.%s.sasl.jaas.config=%s required;
        authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
        super.users=User:ANONYMOUS
        """
            .formatted(
                KafkaUsers.MECHANISM,
                KafkaUsers.MECHANISM.toLowerCase(Locale.ROOT),
                ScramLoginModule.class.getName());
    return started(home, logs, "SASL_SSL", tls.brokerProperties() + users);
  }

  private static KafkaBroker started(Path home, Path logs, String protocol, String tls)
      throws IOException {
    KafkaBroker broker = new KafkaBroker(home, logs, protocol, tls);
    try {
      broker.start();
      return broker;
    } catch (RuntimeException | Error e) {
      broker.close();
      throw e;
    }
  }

  private KafkaBroker(Path home, Path logs, String protocol, String tls) throws IOException {
    this.home = home;
    this.logs = logs;
    assertThat(LIB).as("Kafka's jars: put there by ./mvnw verify").isDirectory();
    Files.createDirectories(home.resolve("conf"));
    Files.createSymbolicLink(home.resolve("lib"), LIB);
    try (InputStream in = KafkaBroker.class.getResourceAsStream("log4j.properties")) {
      Files.copy(in, home.resolve("conf/log4j.properties"));
    }
    properties = home.resolve("conf/server.properties");
    try (ServerSocket clients = new ServerSocket(0);
        ServerSocket tlsClients = new ServerSocket(0);
        ServerSocket controller = new ServerSocket(0)) {
      address = "localhost:" + clients.getLocalPort();
      tlsAddress = "localhost:" + tlsClients.getLocalPort();
      String tlsListener = tls.isEmpty() ? "" : "," + protocol + "://" + tlsAddress;
      String listeners = "PLAINTEXT://" + address + tlsListener;
      Files.writeString(
          properties, properties(listeners, "localhost:" + controller.getLocalPort()) + tls);
    }
    FlinkProcess format =
        process(
            "kafka-format",
            "kafka.tools.StorageTool",
            List.of("format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()));
    assertThat(format.exitStatus(LIMIT)).as(format.err()).isZero();
  }

  // Records keep the time of their events: no retention by time.
  private String properties(String listeners, String controller) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@%2$s
        controller.listener.names=CONTROLLER
        listeners=%1$s,CONTROLLER://%2$s
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL
        log.dirs=%3$s
        log.retention.ms=-1
        auto.create.topics.enable=false
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        group.initial.rebalance.delay.ms=0
        log.cleaner.backoff.ms=200
        """
        .formatted(listeners, controller, home.resolve("data"));
  }

  /** Starts it, for the first time or again, and waits until it answers. */
  void start() {
    FlinkProcess broker =
        process("kafka-" + processes.size(), "kafka.Kafka", List.of(properties.toString()));
    Map<String, Object> quick = Map.of("bootstrap.servers", address, "retry.backoff.ms", 100);
    try (Admin admin = Admin.create(quick)) {
      Deadline.await(
          "the broker answers",
          LIMIT,
          () -> {
            assertThat(broker.isAlive()).as("the broker runs").isTrue();
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
          });
    }
  }

  /** Shuts it down in good order. */
  void stop() {
    processes.get(processes.size() - 1).stop(LIMIT);
  }

  /** The offsets that a consumer group has committed. */
  Map<TopicPartition, OffsetAndMetadata> committed(String group) throws Exception {
    try (Admin admin = admin()) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** What may do everything with it. */
  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", address));
  }

  /** Where clients find it. */
  String address() {
    return address;
  }

  /** Where clients find it that speak TLS. */
  String tlsAddress() {
    return tlsAddress;
  }

  /** Creates topics that are not compacted, and keep everything. */
  void createTopics(int partitions, String... names) throws Exception {
    createTopics(partitions, "delete", List.of(names));
  }

  /** Creates a topic that keeps the last message of each key. */
  void createCompactedTopic(String name, int partitions) throws Exception {
    createTopics(partitions, "compact", List.of(name));
  }

  private void createTopics(int partitions, String policy, List<String> names) throws Exception {
    Map<String, String> config = Map.of("cleanup.policy", policy, "retention.ms", "-1");
    for (String name : names) {
      createTopic(name, partitions, config);
    }
  }

  /** Creates a topic with settings of its own. */
  void createTopic(String name, int partitions, Map<String, String> config) throws Exception {
    NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(config);
    try (Admin admin = admin()) {
      admin.createTopics(List.of(topic)).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Gives a topic another setting. */
  void alterTopic(String name, String key, String value) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    try (Admin admin = admin()) {
      admin
          .incrementalAlterConfigs(Map.of(topic, List.of(set)))
          .all()
          .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Lets everybody do to a topic this and nothing else. */
  void allowOnly(String topic, AclOperation operation) throws Exception {
    AclBinding binding =
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
            new AccessControlEntry("User:*", "*", operation, AclPermissionType.ALLOW));
    try (Admin admin = admin()) {
      admin.createAcls(List.of(binding)).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Sends messages in their order and waits until the broker has them all; tells their offsets. */
  List<Long> send(List<ProducerRecord<byte[], byte[]>> records) {
    // One batch at a time: the first into a new topic may have to be sent again, and then the
    // broker would refuse
    // it, had it taken the second already.
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            address,
            "acks",
            "all",
            "linger.ms",
            5,
            "max.in.flight.requests.per.connection",
            1);
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      producer.flush();
      List<Long> offsets = new ArrayList<>();
      for (Future<RecordMetadata> one : sent) {
        offsets.add(one.get().offset());
      }
      return offsets;
    } catch (ExecutionException e) {
      throw new AssertionError("the broker refused a message", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All messages of a topic up to the end that it has now; of each partition in their order. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic, IsolationLevel isolation) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", address, "isolation.level", isolation.toString());
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      Deadline.await(
          "the end of " + topic,
          LIMIT,
          () -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p));
          });
      return records;
    }
  }

  private FlinkProcess process(String name, String mainClass, List<String> arguments) {
    FlinkProcess process = FlinkProcess.start(name, home, logs, MEMORY, mainClass, arguments);
    processes.add(process);
    return process;
  }

  @Override
  public void close() {
    processes.forEach(FlinkProcess::close);
  }
}
