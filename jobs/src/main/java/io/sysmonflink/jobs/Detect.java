package io.sysmonflink.jobs;

import io.sysmonflink.jobs.cli.DetectCommand;
import io.sysmonflink.jobs.report.FailOn;
import java.io.PrintStream;
import java.util.Locale;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.LoggerFactory;

/** The job's entry point, under {@code java}, {@code ./detect} and {@code flink run} alike. */
public final class Detect {

  private Detect() {}

  /**
   * Runs a command line.
   *
   * @param out takes results, in UTF-8
   * @param err takes messages, in UTF-8
   * @return the exit status: 0 done, 1 the job failed or {@code diff} found differences, 2 the
   *     command line or a file that the user gave is wrong, 3 done, and all results are written,
   *     but not all could be read that {@code --fail-on} names
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    return DetectCommand.run(out, err, args);
  }

  public static void main(String[] args) {
    // Flink formats numbers as the JVM's locale has it, in SQL and in the names of files. Where the
    // digits are Arabic, it does not find again what its tasks have written.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    int status = run(System.out, System.err, args);
    if (status == FailOn.STATUS && !isMainThread()) {
      // The job is done: an exception would make Flink call it failed, and whoever runs it start it
      // again.
      LoggerFactory.getLogger(Detect.class)
          .warn("detect is done, but not all could be read: standard error says what");
      return;
    }
    if (status != 0 && !isMainThread()) {
      throw new FlinkRuntimeException(
          "detect ended with exit status %d: standard error says why".formatted(status));
    }
    if (status != 0 || isStartedByJava()) {
      System.exit(status);
    }
  }

  // In application mode, or started from Flink's web page, this thread is one of a JobManager,
  // which is not to die for it. `flink run`, as java itself, calls the job in its main thread.
  private static boolean isMainThread() {
    return Thread.currentThread().getName().equals("main");
  }

  // `flink run` has work left to do. Where nothing has, Java would wait for a second, until the
  // last thread of Netty has found that it has nothing to do.
  private static boolean isStartedByJava() {
    StackTraceElement[] callers = new Throwable().getStackTrace();
    return callers[callers.length - 1].getClassName().equals(Detect.class.getName());
  }
}
