package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs until it is closed; what it says goes to a file. */
final class JavaProcess implements AutoCloseable {
  private final String name;
  private final Path log;
  private final Process process;

  private JavaProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  static JavaProcess start(String name, Path folder, List<String> command) throws IOException {
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    return new JavaProcess(name, log, builder.redirectOutput(log.toFile()).start());
  }

  /** Something that becomes true, or is not to be asked yet. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits until it is ready for work. */
  void await(Duration limit, Condition ready) throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!holds(ready)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        List<String> words = Files.readAllLines(log);
        throw new IOException(
            "%s does not start: %s"
                .formatted(
                    name, words.isEmpty() ? "it says nothing" : words.get(words.size() - 1)));
      }
      Thread.sleep(100);
    }
  }

  private static boolean holds(Condition condition) throws InterruptedException {
    try {
      return condition.holds();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return false; // not up yet
    }
  }

  long pid() {
    return process.pid();
  }

  /** Processor time so far. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
