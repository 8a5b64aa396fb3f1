package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A live job beside others on one cluster, and what it leaves behind there. */
@Tag("faults")
@ExtendWith(ProcessLogs.class)
class LiveNeighboursITCase {

  private static KafkaBroker broker;
  private static FlinkCluster cluster;
  private static FlinkProcess taskManager;

  @TempDir private static Path checkpoints;
  @TempDir private static Path scratch;
  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path kafka, @TempDir Path flink, Path logs) throws Exception {
    broker = KafkaBroker.started(kafka, logs);
    Map<String, String> config = new HashMap<>(DetachedJob.checkpointsEachSecond(checkpoints));
    config.put("taskmanager.numberOfTaskSlots", "4");
    config.put("io.tmp.dirs", scratch.toString());
    config.put("blob.service.cleanup.interval", "2"); // a job's jar; after an hour unless told so
    cluster = FlinkCluster.session(flink.resolve("home"), logs, 0, config);
    taskManager = cluster.startTaskManager();
    cluster.awaitTaskManagers(1);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (broker != null) {
      broker.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void twoJobsDoNotDisturbEachOther() throws Exception {
    try (EventFlow one = EventFlow.into(broker, "one", 1500);
        EventFlow other = EventFlow.into(broker, "other", 3000);
        DetachedJob first = job(one, "one");
        DetachedJob second = job(other, "other")) {
      one.awaitAllFound();
      other.assertFlows();
      first.cancel();
      other.awaitAllFound();
      assertThat(second.restores()).isZero();
      second.stop(folder);
      one.assertOutput(true);
      other.assertOutput(true);
    }
  }

  private static DetachedJob job(EventFlow flow, String name) {
    DetachedJob job = new DetachedJob(cluster, checkpoints, name);
    List<String> own = List.of("--group-id", name, "--transactional-id-prefix", name);
    List<String> arguments = flow.arguments("--delivery", "exactly-once");
    arguments.addAll(own);
    arguments.addAll(List.of("--slot-sharing-group", name));
    job.start(List.of("-p", "2"), arguments);
    return job;
  }

  /**
   * What a process holds when no job runs, after a full collection of its garbage.
   *
   * @param metaspace in bytes
   */
  private record Held(int job, long classes, long metaspace, long threads, long open, long files) {

    // Not by Flink's metrics: they are as old as their last fetch, and so older than the
    // collection.
    static Held now(int job) throws Exception {
      ask("GC.run");
      ask("GC.run");
      Map<String, Long> counters = new HashMap<>();
      for (String line : ask("PerfCounter.print").lines().toList()) {
        String[] counter = line.split("=", 2);
        if (counter.length == 2 && counter[1].matches("\\d+")) {
          counters.put(counter[0], Long.valueOf(counter[1]));
        }
      }
      return new Held(
          job,
          counters.get("java.cls.loadedClasses") - counters.get("java.cls.unloadedClasses"),
          counters.get("sun.gc.metaspace.used"),
          counters.get("java.threads.live"),
          count(Path.of("/proc", Long.toString(taskManager.pid()), "fd")),
          count(scratch));
    }

    private static String ask(String question) throws Exception {
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      Process asking = new ProcessBuilder(jcmd, Long.toString(taskManager.pid()), question).start();
      String answer = new String(asking.getInputStream().readAllBytes(), UTF_8);
      assertThat(asking.waitFor()).as(answer).isZero();
      return answer;
    }

    // Not what the JobManager keeps of each job that has ended, for an hour, to show it.
    private static long count(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.filter(file -> !file.toString().contains("archivedApplicationStore")).count();
      }
    }
  }

  /**
   * A job's classes are held by soft references for a while, and go when metaspace is full: the
   * TaskManager is allowed 192 MB of it, as much as seven jobs need.
   */
  @Test
  void twentyJobsLeaveNoMoreBehindThanFive() throws Exception {
    List<Held> held = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      try (EventFlow flow = EventFlow.into(broker, "again-" + i, 100);
          DetachedJob job = job(flow, "again-" + i)) {
        flow.awaitAllFound();
        job.cancel();
      }
      if (i % 5 == 0) {
        Deadline.await("the jar is gone", DetachedJob.LIMIT, () -> jars() == 0);
        held.add(Held.now(i));
      }
    }
    held.forEach(System.out::println);
    Held early = held.get(0);
    Held late = held.get(held.size() - 1);
    assertThat(late.threads()).isLessThan(early.threads() + 5);
    assertThat(late.open()).isLessThan(early.open() + 20);
    assertThat(late.files()).isEqualTo(early.files());
  }

  private static long jars() throws IOException {
    try (Stream<Path> files = Files.walk(scratch)) {
      return files.filter(file -> file.getFileName().toString().startsWith("blob_p")).count();
    }
  }
}
