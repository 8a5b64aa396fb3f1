package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.DetectRun;
import io.sysmonflink.jobs.regression.Evidence;
import io.sysmonflink.jobs.regression.TestData;
import io.sysmonflink.jobs.report.FailOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.FileUtils;

/**
 * A run of the job in the process of the tests: what a run on a cluster is compared with. It reads
 * every event file of testdata and one that no decoder can read, once for all tests.
 *
 * @param input what it read: a folder that has a gate
 * @param written its output
 * @param summary what it printed, without the time that it took
 */
record EmbeddedRun(Path input, WrittenOutput written, String summary) {

  private static EmbeddedRun shared;

  /** The run, made by the first who asks. */
  static synchronized EmbeddedRun get() throws IOException {
    if (shared == null) {
      Path folder = Path.of("target", "cluster-embedded").toAbsolutePath();
      FileUtils.deleteDirectory(folder.toFile());
      shared = of(testData(folder.resolve("input")), folder.resolve("output"));
    }
    return shared;
  }

  private static EmbeddedRun of(Path input, Path output) throws IOException {
    DetectRun run = DetectRun.of(arguments(input, output.toString()).toArray(String[]::new));
    assertThat(run.status()).as("for the noise: %s", run.err()).isEqualTo(FailOn.STATUS);
    return new EmbeddedRun(input, WrittenOutput.in(output), timeless(run.err()));
  }

  private static Path testData(Path input) throws IOException {
    for (Evidence evidence : TestData.all().toList()) {
      evidence.inputIn(input.resolve(evidence.name()));
    }
    Files.writeString(input.resolve("noise.log"), "<Event>no\n</Event>\n", UTF_8);
    return input;
  }

  /** The arguments of the same run elsewhere. */
  List<String> argumentsFor(String output, String... more) {
    return arguments(input, output, more);
  }

  /** The arguments of a run, here as on a cluster. */
  static List<String> arguments(Path input, String output, String... more) {
    List<String> arguments = new ArrayList<>(List.of("backfill", "--to", "2024-11-25T00:00:00Z"));
    arguments.addAll(List.of("--input", GatedFileSystem.uri(input), "--output", output));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** What a run printed, without the time that it took. */
  static String timeless(String printed) {
    return printed.replaceFirst(" in [0-9.]+ s; [0-9.]+ s from first byte to last row\\)", ")");
  }
}
