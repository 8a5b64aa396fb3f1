package io.sysmonflink.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What a command line did. */
public record DetectRun(int status, String out, String err) {

  /** Runs a command line within this process. */
  public static DetectRun of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Detect.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    return new DetectRun(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
