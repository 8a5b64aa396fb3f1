#!/usr/bin/env bash
# An exactly-once Flink job loses records that Kafka's brokers timed out, and reports success.
#
# Expected: a transaction that the broker aborts before Flink commits it fails the job, which then
#   goes back to its last checkpoint and writes the records again. That is what "exactly once" says.
# What happens: the sink's committer takes such a failure as one "with a known reason", logs it, and
#   goes on. Where nothing was written between the abort and the checkpoint, no send fails either.
#   The job ends as FINISHED, and a reader with read_committed never sees the records.
# Why it matters: a sparse topic, such as one of alerts or dead letters, is just that case: write,
#   wait, check point. It takes no more than checkpoints that fail for longer than
#   transaction.timeout.ms. A job must go back by itself before its transactions end.
#
# Starts a broker on two free ports, and a job whose source gives three records after each
# checkpoint, nine in all; once with a timeout longer than the checkpoint interval of 10 s, once
# with a shorter one. Needs bash, Maven, JDK 17 and Python 3. Takes two minutes.
set -euo pipefail
export LC_ALL=C.UTF-8

readonly FLINK=2.3.0 CONNECTOR=5.0.0-2.2 KAFKA=4.2.0
folder=$(mktemp -d)
broker=
trap '[[ -z $broker ]] || kill "$broker" 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"

dependency() {
  echo "<dependency><groupId>org.apache.$1</groupId><artifactId>$2</artifactId><version>$3</version></dependency>"
}
cat > pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    $(for artifact in clients streaming-java connector-base connector-datagen; do
      dependency flink "flink-$artifact" "$FLINK"
    done)
    $(dependency flink flink-connector-kafka "$CONNECTOR")
    $(dependency kafka kafka_2.13 "$KAFKA")
  </dependencies>
</project>
XML
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath > maven.log 2>&1 ||
  { cat maven.log; exit 1; }

cat > Job.java <<'JAVA'
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

public class Job {
  public static void main(String[] args) throws Exception {
    String brokers = args[0];
    String topic = args[1];
    String timeoutMillis = args[2];
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    env.enableCheckpointing(10_000);
    GeneratorFunction<Long, String> record = number -> "record " + number;
    env.fromSource(
            new DataGeneratorSource<>(
                record, 9, RateLimiterStrategy.perCheckpoint(3), Types.STRING),
            WatermarkStrategy.noWatermarks(),
            "source")
        .sinkTo(
            KafkaSink.<String>builder()
                .setBootstrapServers(brokers)
                .setRecordSerializer(
                    KafkaRecordSerializationSchema.builder()
                        .setTopic(topic)
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic)
                .setProperty("transaction.timeout.ms", timeoutMillis)
                .build());
    env.execute(); // throws where the job fails
    Map<String, Object> reader =
        Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed");
    StringDeserializer text = new StringDeserializer();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(reader, text, text)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      int records = 0;
      while (consumer.position(partition) < end) {
        records += consumer.poll(Duration.ofSeconds(1)).count();
      }
      System.out.println("the job finished; records committed: " + records + " of 9");
    }
  }
}
JAVA
javac -cp "$(cat classpath)" Job.java

read -r port controller < <(python3 -c '
import socket
a, b = socket.socket(), socket.socket()
a.bind(("localhost", 0)); b.bind(("localhost", 0))
print(a.getsockname()[1], b.getsockname()[1])')
cat > server.properties <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@localhost:$controller
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://localhost:$port,CONTROLLER://localhost:$controller
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=$folder/data
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.abort.timed.out.transaction.cleanup.interval.ms=500
PROPERTIES
java -cp "$(cat classpath)" kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAQ -c server.properties > format.log 2>&1
java -cp "$(cat classpath)" kafka.Kafka server.properties > broker.log 2>&1 &
broker=$!

run() {
  java --add-opens=java.base/java.util=ALL-UNNAMED -cp "$(cat classpath):." Job "localhost:$port" "$1" "$2" 2> "$1.log" ||
    { tail -3 "$1.log"; echo "the job failed"; }
}
echo "Flink $FLINK, its Kafka connector $CONNECTOR, Kafka $KAFKA"
long=$(run long 600000)
echo "transaction.timeout.ms = 600000: $long"
short=$(run short 3000)
echo "transaction.timeout.ms = 3000: $short"

[[ $long == "the job finished; records committed: 9 of 9" ]] &&
  [[ $short =~ ^"the job finished; records committed: "[0-8]" of 9"$ ]] ||
  { echo "changed: the job no longer loses records in silence"; exit 1; }
