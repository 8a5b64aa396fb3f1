package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.deploy.DeployFiles;
import io.sysmonflink.jobs.deploy.MetricLabels;
import io.sysmonflink.jobs.deploy.ScriptRun;
import io.sysmonflink.jobs.oracle.DetectionRow;
import io.sysmonflink.jobs.oracle.SearchedRow;
import io.sysmonflink.jobs.regression.Evidence;
import io.sysmonflink.jobs.regression.TestData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job as a platform runs it, with the settings of deploy/standalone: live and backfill from the
 * shaded jar on one cluster, a job of somebody else's beside them, watched by Prometheus.
 */
@ExtendWith(ProcessLogs.class)
class DeployedITCase {

  private static final Duration RUN = Duration.ofSeconds(90);
  private static final int METRIC_PORTS = 11;
  private static final String SYSMON = "flink_taskmanager_job_task_operator_deserializer_sysmon_";

  private static final Map<String, String> FLINK =
      Map.of("DETECT_JAR", FlinkCluster.JOB.toString(), "KAFKA_PROPERTIES", "");

  private static KafkaBroker broker;
  private static FlinkCluster cluster;
  private static int metricsPort;
  private static int gatewayPort;

  private final Evidence logs = TestData.logs();

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path home, Path processLogs) throws IOException {
    gatewayPort = freePort();
    metricsPort = freePort();
    Map<String, String> config = DeployFiles.standaloneConfig();
    // The sizes of a real machine, and hosts and folders that are not here.
    config
        .keySet()
        .removeIf(
            key ->
                key.matches(".*(memory|env\\.|address|bind-host|parallelism|numberOfTaskSlots).*"));
    config.put("taskmanager.numberOfTaskSlots", "4");
    config.put("execution.checkpointing.dir", home.resolve("checkpoints").toUri().toString());
    config.put(
        "execution.checkpointing.savepoint-dir", home.resolve("savepoints").toUri().toString());
    config.put(
        "metrics.reporter.prometheus.port",
        "%d-%d".formatted(metricsPort, metricsPort + METRIC_PORTS - 1));
    CompletableFuture<KafkaBroker> started =
        together(() -> KafkaBroker.started(home.resolve("kafka"), processLogs));
    try {
      cluster = FlinkCluster.session(home.resolve("flink"), processLogs, 1, config);
      cluster.startSqlGateway(gatewayPort);
    } finally {
      broker = started.join();
    }
  }

  /** Runs something beside what else happens; most of the time each waits for processes. */
  private static <T> CompletableFuture<T> together(Callable<T> something) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return something.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable part : Stream.of(cluster, broker).filter(p -> p != null).toList()) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void liveBackfillAndAForeignJobShareACluster() throws Exception {
    LiveTopics topics = new LiveTopics(broker, "events-deployed", "deployed").created();
    broker.createTopics(2, topics.input());
    List<String> first = lines("sysmon-forwarder.xml");
    List<String> later = new ArrayList<>(lines("winlogbeat-ws-040.ndjson"));
    later.addAll(lines("archive/srv-dc-01-20241122.xml.gz"));
    send(topics, first);

    ScriptRun started = live(topics, "start", options(topics));
    assertThat(started.status()).as(started.err()).isZero();
    SqlGateway gateway = new SqlGateway(gatewayPort);
    foreignJob(gateway);
    JsonNode job = cluster.rest().jobNamed("detect live");
    awaitRead(first.size());
    everyMetricAskedForIsThere();

    CompletableFuture<List<DetectionRow>> backfill = together(this::backfill);
    sqlFindsTheSame(gateway);
    List<DetectionRow> found = backfill.join();
    assertThat(found).containsExactlyInAnyOrderElementsOf(logs.allExpected());

    String savepoint = savepointOf(live(topics, "stop", List.of()));
    assertThat(cluster.rest().state(job)).isEqualTo("FINISHED");
    send(topics, later);
    List<String> resumed = new ArrayList<>(List.of(savepoint));
    resumed.addAll(options(topics));
    live(topics, "resume", resumed);
    awaitRead(later.size());
    Deadline.await(
        "all rows of the log",
        RUN,
        () -> topics.compactedResults().size() >= logs.allExpected().size());
    assertThat(topics.compactedResults().values().stream().map(SearchedRow::row))
        .containsExactlyInAnyOrderElementsOf(found);
    assertThat(topics.riskIds()).doesNotHaveDuplicates().isNotEmpty();
    assertThat(topics.deadLetters()).hasSize(1);
    assertThat(cluster.rest().state(cluster.rest().jobNamed("foreign"))).isEqualTo("RUNNING");
  }

  /** deploy/standalone/live; it returns when the job is there. */
  private static ScriptRun live(LiveTopics topics, String action, List<String> more)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(FLINK);
    environment.put("FLINK_HOME", cluster.flinkHome().toString());
    environment.put("BROKERS", broker.address());
    environment.put("TOPIC", topics.input());
    List<String> arguments = new ArrayList<>(List.of(action));
    arguments.addAll(more);
    return ScriptRun.of("standalone/live", environment, arguments.toArray(String[]::new));
  }

  /** Options of a live run over these topics from the start of the log. */
  private List<String> options(LiveTopics topics) {
    List<String> all =
        topics.arguments("--start", logs.window().from().toString(), "--parallelism", "1");
    return all.subList(all.indexOf("--results-topic"), all.size());
  }

  private static void foreignJob(SqlGateway gateway) throws Exception {
    gateway.execute("SET 'parallelism.default' = '1'");
    gateway.execute("SET 'pipeline.name' = 'foreign'");
    gateway.execute("CREATE TEMPORARY TABLE something (n BIGINT) WITH ('connector' = 'datagen')");
    gateway.execute("CREATE TEMPORARY TABLE nothing (n BIGINT) WITH ('connector' = 'blackhole')");
    gateway.execute("INSERT INTO nothing SELECT n FROM something");
    gateway.execute("RESET 'pipeline.name'");
  }

  private static void awaitRead(int records) {
    Deadline.await(
        records + " records are read, and exported",
        RUN,
        () -> scrape().sum(SYSMON + "records", "detect_live") == records);
  }

  private static void everyMetricAskedForIsThere() throws IOException {
    Set<String> asked = DeployFiles.metrics("flink_");
    Set<MetricLabels.Label> labels = MetricLabels.asked();
    assertThat(asked).hasSizeGreaterThan(20);
    assertThat(labels).hasSizeGreaterThan(25);
    Scrape[] last = new Scrape[1];
    try {
      Deadline.await(
          "a metric for each name in deploy/monitoring, with its labels",
          RUN,
          () -> {
            last[0] = scrape();
            return last[0].names().containsAll(asked) && labels.stream().allMatch(last[0]::has);
          });
    } catch (AssertionError e) {
      assertThat(last[0].names()).containsAll(asked);
      assertThat(labels).allMatch(last[0]::has);
      throw e;
    }
  }

  private static Scrape scrape() throws IOException, InterruptedException {
    return Scrape.of(metricsPort, METRIC_PORTS);
  }

  /** The SQL files without the job, as docs/extend/sql-gateway.md shows it. */
  private void sqlFindsTheSame(SqlGateway gateway) throws Exception {
    gateway.execute("ADD JAR '" + FlinkCluster.JOB + "'");
    for (String statement : DeployFiles.sqlStatements(logs.folder(), logs.window())) {
      gateway.execute(statement);
    }
    gateway.execute("SET 'execution.runtime-mode' = 'batch'");
    String columns = "Image, QueryName, QueryStatus, QueryResults, dest, `count`, lastTime";
    List<List<JsonNode>> rows = new ArrayList<>();
    for (String detection : logs.expected().keySet()) {
      rows.addAll(gateway.execute("SELECT %s FROM %s_filter".formatted(columns, detection)));
    }
    assertThat(rows.stream().map(row -> row.stream().map(JsonNode::asText).toList()))
        .containsExactlyInAnyOrderElementsOf(
            logs.allExpected().stream().map(DeployedITCase::columns).toList());
  }

  private static List<String> columns(DetectionRow row) {
    return List.of(
        row.image(),
        row.queryName(),
        row.queryStatus(),
        row.queryResults(),
        row.dest(),
        String.valueOf(row.count()),
        row.lastTime());
  }

  /** deploy/standalone/backfill, and what it found and told. */
  private List<DetectionRow> backfill() throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(FLINK);
    environment.put("FLINK_HOME", cluster.flinkHome().toString());
    environment.put("INPUT", logs.folder().toAbsolutePath().toString());
    environment.put("OUTPUT", folder.resolve("found/{date}").toString());
    environment.put("TO", logs.window().to().toString());
    environment.put("TEXTFILE_DIR", folder.toString());
    ScriptRun run = ScriptRun.of("standalone/backfill", environment, "--parallelism", "1");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(folder.resolve("sysmon_backfill_last_exit_status.prom"))
        .content()
        .contains("sysmon_backfill_last_exit_status 0");
    return WrittenOutput.in(folder.resolve("found/2024-11-24")).lines().entrySet().stream()
        .filter(lines -> lines.getKey().startsWith("detection_results/"))
        .flatMap(lines -> lines.getValue().stream())
        .map(DetectionRow::of)
        .toList();
  }

  private static String savepointOf(ScriptRun stopped) {
    Matcher path = Pattern.compile("Savepoint completed\\. Path: (\\S+)").matcher(stopped.out());
    assertThat(path.find()).as("%s", stopped).isTrue();
    return path.group(1);
  }

  private static void send(LiveTopics topics, List<String> messages) {
    broker.send(
        messages.stream()
            .map(m -> new ProducerRecord<byte[], byte[]>(topics.input(), m.getBytes(UTF_8)))
            .toList());
  }

  private List<String> lines(String file) throws IOException {
    Path path = logs.folder().resolve(file);
    try (InputStream in = Files.newInputStream(path);
        InputStream text = file.endsWith(".gz") ? new GZIPInputStream(in) : in;
        BufferedReader reader = new BufferedReader(new InputStreamReader(text, UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
