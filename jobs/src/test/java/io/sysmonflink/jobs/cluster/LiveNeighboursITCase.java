package io.sysmonflink.jobs.cluster;

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
        EventFlow other = EventFlow.into(broker, "other", 3000)) {
      DetachedJob first = job(one, "one");
      DetachedJob second = job(other, "other");
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

    static Held now(int job) throws Exception {
      Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
      String pid = Long.toString(taskManager.pid());
      for (int i = 0; i < 2; i++) {
        Process collecting = new ProcessBuilder(jcmd.toString(), pid, "GC.run").start();
        collecting.getInputStream().readAllBytes();
        assertThat(collecting.waitFor()).isZero();
      }
      return new Held(
          job,
          metric("ClassLoader.ClassesLoaded") - metric("ClassLoader.ClassesUnloaded"),
          metric("Memory.Metaspace.Used"),
          metric("Threads.Count"),
          count(Path.of("/proc", pid, "fd")),
          count(scratch));
    }

    private static long metric(String name) throws IOException, InterruptedException {
      return cluster.rest().taskManagerMetric("Status.JVM." + name);
    }

    private static long count(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.count();
      }
    }
  }

  @Test
  void twentyJobsLeaveNoMoreBehindThanFive() throws Exception {
    List<Held> held = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      try (EventFlow flow = EventFlow.into(broker, "again-" + i, 100)) {
        DetachedJob job = job(flow, "again-" + i);
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
    assertThat(late.classes()).isLessThan(early.classes() + 500); // a job brings 10,000 and more
    assertThat(late.metaspace()).isLessThan(early.metaspace() + 5_000_000);
    assertThat(late.threads()).isLessThan(early.threads() + 5);
    assertThat(late.open()).isLessThan(early.open() + 20);
    assertThat(late.files()).isLessThan(early.files() + 20);
  }

  private static long jars() throws IOException {
    try (Stream<Path> files = Files.walk(scratch)) {
      return files.filter(file -> file.getFileName().toString().startsWith("blob_p")).count();
    }
  }
}
