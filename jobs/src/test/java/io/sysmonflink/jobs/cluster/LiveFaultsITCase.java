package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.oracle.Message;
import io.sysmonflink.jobs.oracle.RandomMessages;
import io.sysmonflink.jobs.oracle.Replay;
import io.sysmonflink.jobs.oracle.SearchedRow;
import io.sysmonflink.jobs.oracle.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two live jobs, one of each delivery, beside each other on a real cluster and a real broker, whose
 * processes go while events flow. That a JobManager goes is left out: it takes high availability.
 */
@ExtendWith(ProcessLogs.class)
class LiveFaultsITCase {

  private static final Duration RUN = Duration.ofSeconds(90);
  private static final int PARTITIONS = 3;
  private static final int PARTS = 4;
  private static final String SECRET = "password-that-nobody-may-see";
  private static final String AT_LEAST_ONCE = "at-least-once";
  private static final String EXACTLY_ONCE = "exactly-once";

  private final Instant end =
      Instant.now().minus(Duration.ofHours(30)).truncatedTo(ChronoUnit.MILLIS);
  private final Window window = new Window(end.minus(Duration.ofDays(20)), end);
  private final List<Message> sent = new ArrayList<>();
  private final Set<LiveTopics.DeadLetter> dead = new HashSet<>();
  private final Map<String, LiveTopics> jobs = new HashMap<>();

  @TempDir Path folder;

  @AfterEach
  void noProcessIsLeft() {
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void faultsChangeNothing(Path logs) throws Exception {
    try (KafkaBroker broker = KafkaBroker.started(folder.resolve("kafka"), logs);
        FlinkCluster cluster =
            FlinkCluster.session(
                folder.resolve("flink"),
                logs,
                2,
                Map.of(
                    "taskmanager.load-balance.mode", "SLOTS",
                    "execution.checkpointing.interval", "500ms",
                    "execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString(),
                    "restart-strategy.type", "fixed-delay",
                    "restart-strategy.fixed-delay.attempts", "1000",
                    "restart-strategy.fixed-delay.delay", "500ms"))) {
      broker.createTopics(PARTITIONS, "events");
      for (String delivery : List.of(AT_LEAST_ONCE, EXACTLY_ONCE)) {
        jobs.put(delivery, new LiveTopics(broker, "events", delivery).created());
        submit(cluster, delivery, "first", List.of("-p", "2"));
      }
      List<List<Message>> parts = parts();
      send(parts.get(0));
      awaitOutput();

      send(parts.get(1));
      cluster.killTaskManager();
      cluster.startTaskManager();
      awaitOutput();
      for (String delivery : jobs.keySet()) {
        JsonNode job = cluster.rest().jobNamed(delivery + " first");
        assertThat(cluster.rest().placesOfFailure(job)).as(delivery).isNotEmpty();
        assertThat(cluster.rest().configuration(job)).doesNotContain(SECRET);
      }

      send(parts.get(2));
      broker.stop();
      broker.start();
      awaitOutput();

      Map<String, String> parallelism = Map.of(AT_LEAST_ONCE, "1", EXACTLY_ONCE, "3");
      Map<String, String> savepoints = new HashMap<>();
      for (String delivery : jobs.keySet()) {
        JsonNode job = cluster.rest().jobNamed(delivery + " first");
        savepoints.put(delivery, cluster.rest().stopWithSavepoint(job, folder.resolve(delivery)));
      }
      for (String delivery : jobs.keySet()) {
        List<String> restored =
            List.of("-s", savepoints.get(delivery), "-p", parallelism.get(delivery));
        submit(cluster, delivery, "restored", restored);
      }
      send(parts.get(3));
      awaitOutput();

      LiveTopics exact = jobs.get(EXACTLY_ONCE);
      assertThat(exact.riskIds()).doesNotHaveDuplicates();
      assertThat(exact.deadLetters()).containsExactlyInAnyOrderElementsOf(dead);
    }
  }

  private List<List<Message>> parts() {
    Random random = new Random(1 + Long.getLong("oracle.seed", 0));
    List<Message> messages =
        new ArrayList<>(new RandomMessages(random, window, PARTITIONS).next(800));
    Instant firstRead = window.from().minus(Duration.ofDays(1));
    messages.removeIf(message -> message.timestamp().isBefore(firstRead));
    int size = messages.size() / PARTS + 1;
    List<List<Message>> parts = new ArrayList<>();
    for (int from = 0; from < messages.size(); from += size) {
      parts.add(messages.subList(from, Math.min(messages.size(), from + size)));
    }
    return parts;
  }

  private void submit(FlinkCluster cluster, String delivery, String which, List<String> options) {
    cluster.submit(
        options,
        jobs.get(delivery)
            .arguments(
                "--start",
                window.from().toString(),
                "--delivery",
                delivery,
                "--set",
                "properties.sasl.jaas.config=" + SECRET,
                "-Dpipeline.name=" + delivery + " " + which));
    Deadline.await(
        delivery + " runs",
        RUN,
        () ->
            cluster
                .rest()
                .state(cluster.rest().jobNamed(delivery + " " + which))
                .equals("RUNNING"));
  }

  private void send(List<Message> part) {
    sent.addAll(part);
    dead.addAll(jobs.get(EXACTLY_ONCE).send(part));
  }

  /** Waits until each job has written what must come of all that was sent, and nothing else. */
  private void awaitOutput() {
    List<SearchedRow> rows =
        Replay.of(sent.stream().flatMap(m -> m.events().stream()).toList(), window.from());
    Map<List<String>, SearchedRow> last =
        rows.stream().collect(Collectors.toMap(SearchedRow::key, row -> row, (a, b) -> b));
    Set<String> riskIds =
        rows.stream().flatMap(row -> row.riskIds().stream()).collect(Collectors.toSet());
    jobs.forEach(
        (delivery, topics) ->
            Deadline.await(
                "the output of " + delivery,
                RUN,
                () -> {
                  Collection<SearchedRow> compacted = topics.compactedResults().values();
                  return Set.copyOf(compacted).equals(Set.copyOf(last.values()))
                      && Set.copyOf(topics.riskIds()).equals(riskIds)
                      && Set.copyOf(topics.deadLetters()).equals(dead);
                }));
  }
}
