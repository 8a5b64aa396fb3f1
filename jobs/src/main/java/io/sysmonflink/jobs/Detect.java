package io.sysmonflink.jobs;

import io.sysmonflink.jobs.cli.DetectCommand;
import java.io.PrintStream;

/** The job's entry point, under {@code java}, {@code ./detect} and {@code flink run} alike. */
public final class Detect {

  private Detect() {}

  /**
   * Runs a command line.
   *
   * @param out takes results, in UTF-8
   * @param err takes messages, in UTF-8
   * @return the exit status: 0 done, 1 the job failed or {@code diff} found differences, 2 the
   *     command line or a file that the user gave is wrong
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    return DetectCommand.run(out, err, args);
  }

  public static void main(String[] args) {
    int status = run(System.out, System.err, args);
    // On a cluster in application mode, leaving by System.exit with 0 too would count as a failure.
    if (status != 0) {
      System.exit(status);
    }
  }
}
