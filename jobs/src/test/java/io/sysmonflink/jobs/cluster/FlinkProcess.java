package io.sysmonflink.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of Flink or Kafka in a JVM of its own. */
final class FlinkProcess implements AutoCloseable {

  /** What the config.yaml of a distribution gives its JVMs as {@code env.java.opts.all}. */
  private static final List<String> FLINK_OPTIONS =
      List.of(
          "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");

  /** Quick to start, easy on the machine: these JVMs live for seconds. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;
  private final Thread cleanUp;

  private FlinkProcess(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
    this.cleanUp = new Thread(this::destroy, "destroy " + name);
    Runtime.getRuntime().addShutdownHook(cleanUp);
  }

  /**
   * Starts a main class.
   *
   * @param home laid out as a distribution: {@code conf}, {@code lib}, {@code usrlib}, {@code
   *     plugins}
   * @param logs takes {@code name.log}, {@code name.out} and {@code name.err}
   * @param memory the JVM's options of it
   */
  static FlinkProcess start(
      String name,
      Path home,
      Path logs,
      List<String> memory,
      String mainClass,
      List<String> arguments) {
    List<String> command = command(name, home, logs, memory, mainClass);
    command.addAll(arguments);
    Path out = logs.resolve(name + ".out");
    Path err = logs.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("FLINK_CONF_DIR", home.resolve("conf").toString());
    builder.environment().put("FLINK_LIB_DIR", home.resolve("lib").toString());
    builder.environment().put("FLINK_PLUGINS_DIR", home.resolve("plugins").toString());
    // Else Flink's plugin for S3 writes a page on the age of its library to standard error.
    builder.environment().put("AWS_JAVA_V1_DISABLE_DEPRECATION_ANNOUNCEMENT", "true");
    try {
      return new FlinkProcess(name, builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(
      String name, Path home, Path logs, List<String> memory, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLINK_OPTIONS);
    command.addAll(SHORT_LIVED);
    command.addAll(memory);
    command.add("-Dlog.file=" + logs.resolve(name + ".log"));
    command.add("-Dlog4j.configurationFile=" + home.resolve("conf/log4j.properties"));
    command.addAll(List.of("-cp", home.resolve("lib") + "/*:" + home.resolve("more")));
    command.add(mainClass);
    return command;
  }

  /** A script that becomes a main class with the script's arguments; parameters as above. */
  static String shellScript(Path home, Path logs, List<String> memory, String mainClass) {
    return "#!/bin/sh\nexport FLINK_CONF_DIR='%s' FLINK_LIB_DIR='%s'\nexec '%s' \"$@\"\n"
        .formatted(
            home.resolve("conf"),
            home.resolve("lib"),
            String.join("' '", command("script", home, logs, memory, mainClass)));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the exit status. */
  int exitStatus(Duration limit) {
    Deadline.await(name + " ends", limit, () -> !process.isAlive());
    return process.exitValue();
  }

  /** What it has written to standard output so far. */
  String out() {
    return text(out);
  }

  /** What it has written to standard error so far. */
  String err() {
    return text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9} does. */
  void kill() {
    destroy();
  }

  /** Asks it to end, and waits for it. */
  void stop(Duration limit) {
    process.destroy();
    Deadline.await(name + " ends", limit, () -> !process.isAlive());
  }

  private void destroy() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    destroy();
    Runtime.getRuntime().removeShutdownHook(cleanUp);
  }
}
