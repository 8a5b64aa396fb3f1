package io.sysmonflink.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in a JVM of its own, for users whose numbers, letters and clocks differ. */
class LocalesITCase {

  /** By language and country, a time zone. */
  private static final Map<String, String> USERS =
      new TreeMap<>(
          Map.of(
              "ar-EG", "Asia/Kathmandu", // other digits; a quarter of an hour off
              "tr-TR", "Europe/Istanbul", // an i without its dot
              "de-DE", "Pacific/Apia")); // a comma in numbers

  private static final String[] SEARCH = {
    "--to", "2024-11-25T00:00:00Z", "--quiet", "--format", "csv", "--parallelism", "1"
  };

  @TempDir private Path folder;

  @Test
  void everyUserGetsTheSameResultsAndNumbers() throws Exception {
    String input = Path.of("../testdata/logs").toAbsolutePath().normalize().toString();
    List<String> search = new ArrayList<>(List.of("backfill", "--input", input));
    search.addAll(List.of(SEARCH));
    DetectRun expected = DetectRun.of(search.toArray(String[]::new));
    assertThat(expected.out().lines()).hasSizeGreaterThan(10);

    Map<String, Process> runs = new TreeMap<>();
    for (var user : USERS.entrySet()) {
      String[] locale = user.getKey().split("-", -1);
      List<String> command =
          new ArrayList<>(
              List.of(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx512m",
                  "--add-opens=java.base/java.util=ALL-UNNAMED",
                  "--add-opens=java.base/java.lang=ALL-UNNAMED",
                  "-Duser.language=" + locale[0],
                  "-Duser.country=" + locale[1],
                  "-Duser.timezone=" + user.getValue(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Detect.class.getName()));
      command.addAll(search);
      runs.put(
          user.getKey(),
          new ProcessBuilder(command)
              .redirectOutput(folder.resolve(user.getKey() + ".out").toFile())
              .redirectError(folder.resolve(user.getKey() + ".err").toFile())
              .start());
    }

    for (var run : runs.entrySet()) {
      boolean ended = run.getValue().waitFor(4, TimeUnit.MINUTES);
      if (!ended) {
        run.getValue().destroyForcibly();
      }
      String err = read(run.getKey() + ".err");
      assertThat(ended).as(err).isTrue();
      assertThat(run.getValue().exitValue()).as(err).isZero();
      assertThat(read(run.getKey() + ".out")).as(run.getKey()).isEqualTo(expected.out());
      assertThat(withoutTimes(err)).contains(withoutTimes(expected.err()));
    }
  }

  private static String withoutTimes(String summary) {
    return summary.replaceAll("\\d+\\.\\d+ s", "N s");
  }

  private String read(String file) throws Exception {
    return Files.readString(folder.resolve(file), UTF_8);
  }
}
