package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A process that has run to its end.
 *
 * @param seconds from its start to its end
 * @param peakMemory its resident set at the most, in bytes, where GNU time is there to tell
 * @param output what it printed
 */
record TimedProcess(double seconds, OptionalLong peakMemory, List<String> output) {
  private static final Path GNU_TIME = Path.of("/usr/bin/time");

  /**
   * Runs a command.
   *
   * @param scratch a folder for what it prints
   * @throws IOException when it fails; the message has its last words
   */
  static TimedProcess run(List<String> command, Path scratch)
      throws IOException, InterruptedException {
    Path out = scratch.resolve("stdout");
    Path err = scratch.resolve("stderr");
    Path peak = scratch.resolve("peak");
    Files.deleteIfExists(peak);
    List<String> timed = new ArrayList<>();
    if (Files.isExecutable(GNU_TIME)) {
      timed.addAll(List.of(GNU_TIME.toString(), "-f", "%M", "-o", peak.toString()));
    }
    timed.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(timed).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    long start = System.nanoTime();
    int status = builder.start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (status != 0) {
      List<String> words = Files.readAllLines(err);
      throw new IOException(
          "%s ended with exit status %d: %s"
              .formatted(
                  String.join(" ", command),
                  status,
                  words.isEmpty() ? "it printed nothing" : words.get(words.size() - 1)));
    }
    return new TimedProcess(seconds, peakMemory(peak), Files.readAllLines(out));
  }

  private static OptionalLong peakMemory(Path peak) throws IOException {
    return Files.exists(peak)
        ? OptionalLong.of(Long.parseLong(Files.readString(peak).strip()) * 1024)
        : OptionalLong.empty();
  }
}
