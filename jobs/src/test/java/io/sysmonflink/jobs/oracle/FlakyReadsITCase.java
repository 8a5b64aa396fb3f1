package io.sysmonflink.jobs.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every record is counted once, whatever is in it and however often a task fails and starts again:
 * records = skipped by id + decoded + dead letters, and all as in a run that does not fail. {@code
 * -Doracle.seed=N} looks at others.
 */
class FlakyReadsITCase {

  private static final int FAILURES = 6;

  @TempDir Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1})
  void failuresChangeNothing(long number) throws IOException {
    Random random = new Random(number + Long.getLong("oracle.seed", 0));
    Window window = Window.lastDays(14, Instant.parse("2024-11-20T00:00:00Z"));
    Path input = Files.createDirectory(folder.resolve("input"));
    Shape.writeInAll(input, new RandomEvents(random, window).next(400), random);
    damage(input, random);
    List<String> arguments = new ArrayList<>(Backfill.between(window));
    arguments.addAll(Backfill.reading(folder.resolve("sql"), 6_000, 1_000));

    Backfill calm = Backfill.run(input.toString(), folder.resolve("calm"), arguments);
    arguments.add("-Drestart-strategy.type=fixed-delay");
    arguments.add("-Drestart-strategy.fixed-delay.attempts=" + FAILURES);
    arguments.add("-Drestart-strategy.fixed-delay.delay=0s");
    FlakyFileSystem.failing(FAILURES, random.nextLong());
    Backfill flaky = Backfill.run("flaky:" + input, folder.resolve("flaky"), arguments);

    assertThat(FlakyFileSystem.left()).as("failures that did not come").isZero();
    for (Backfill run : List.of(calm, flaky)) {
      Totals totals = Totals.of(run);
      assertThat(totals.records)
          .as(run.log())
          .isEqualTo(totals.decoded + sum(totals.skipped) + sum(totals.deadLetters));
      assertThat(run.deadLetters()).as(run.log()).hasSize((int) sum(totals.deadLetters));
    }
    assertThat(Totals.of(flaky)).isEqualTo(Totals.of(calm));
    assertThat(Totals.of(calm).deadLetters).as(calm.log()).isNotEmpty();
    assertThat(flaky.rows()).isNotEmpty().containsExactlyInAnyOrderElementsOf(calm.rows());
    assertThat(flaky.deadLetters())
        .extracting(FlakyReadsITCase::identity)
        .containsExactlyInAnyOrderElementsOf(
            calm.deadLetters().stream().map(FlakyReadsITCase::identity).toList());
  }

  /** Puts any byte in place of some, in every file. */
  private static void damage(Path folder, Random random) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> !file.toString().endsWith(".gz")).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < 5; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Files.write(file, bytes);
      }
    }
  }

  private static String identity(JsonNode deadLetter) {
    String source = deadLetter.get("source").asText();
    return "%s of %s at %s: %s"
        .formatted(
            deadLetter.get("error_type").asText(),
            source.substring(source.lastIndexOf('/')),
            deadLetter.get("position"),
            deadLetter.get("raw_payload").asText());
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What all splits of a run held. */
  private record Totals(
      long records,
      long bytes,
      long decoded,
      Map<String, Long> skipped,
      Map<String, Long> deadLetters) {

    static Totals of(Backfill run) {
      long records = 0;
      long bytes = 0;
      long decoded = 0;
      Map<String, Long> skipped = new TreeMap<>();
      Map<String, Long> deadLetters = new TreeMap<>();
      for (JsonNode split : run.lines("scan_summary")) {
        records += split.get("records").asLong();
        bytes += split.get("bytes").asLong();
        decoded += split.get("decoded").asLong();
        add(skipped, split.get("skipped"));
        add(deadLetters, split.get("dead_letters"));
      }
      return new Totals(records, bytes, decoded, skipped, deadLetters);
    }

    private static void add(Map<String, Long> sums, JsonNode counts) {
      counts.properties().forEach(e -> sums.merge(e.getKey(), e.getValue().asLong(), Long::sum));
    }
  }
}
