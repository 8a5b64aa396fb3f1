package io.sysmonflink.jobs.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The job and the oracle agree, row by row, on random events in all shapes at once. To look further
 * than the seeds of the build: {@code -Doracle.seed=N} adds N to each.
 */
class OracleITCase {
  private static final int EVENTS = 450;
  private static final Instant NOVEMBER = Instant.parse("2024-11-01T00:00:00Z");

  @TempDir Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyWindow(long number) throws IOException {
    Random random = seeded(number);
    Instant from = NOVEMBER.plusMillis(random.nextInt(864_000_000));
    Window window = new Window(from, from.plusMillis(1 + random.nextInt(1_209_600_000)));
    agree(number, random, window, Backfill.between(window));
  }

  @Test
  void fourteenDaysUnlessToldOtherwise() throws IOException {
    Random random = seeded(101);
    Instant to = NOVEMBER.plusMillis(random.nextInt(864_000_000));
    agree(101, random, Window.lastDays(14, to), List.of("--to", to.toString()));
  }

  @Test
  void thirtyDays() throws IOException {
    Random random = seeded(102);
    Instant to = NOVEMBER.plusMillis(random.nextInt(864_000_000));
    List<String> arguments = List.of("--days", "30", "--to", to.toString());
    agree(102, random, Window.lastDays(30, to), arguments);
  }

  private void agree(long number, Random random, Window window, List<String> bounds)
      throws IOException {
    List<WindowsEvent> events = new RandomEvents(random, window).next(EVENTS);
    Path input = Files.createDirectory(folder.resolve("input"));
    Shape.writeInAll(input, events, random);
    List<String> arguments = new ArrayList<>(bounds);
    arguments.addAll(List.of("--parallelism", String.valueOf(1 + random.nextInt(4))));
    int split = 2_000 + random.nextInt(30_000);
    int block = 500 + random.nextInt(5_000);
    arguments.addAll(Backfill.reading(folder.resolve("sql"), split, block));

    List<DetectionRow> expected = Oracle.rows(events, window);
    Backfill run = Backfill.run(input, folder.resolve("output"), arguments);

    String what =
        "seed %d, splits of %d, blocks of %d bytes, arguments %s%n%s"
            .formatted(number, split, block, arguments, run.log());
    assertThat(expected).as(what).extracting(DetectionRow::detection).contains(names());
    assertThat(run.rows()).as(what).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(run.bounds()).as(what).containsExactly(window);
    Map<String, Long> lacking = new TreeMap<>();
    for (Detection detection : Detection.values()) {
      Map<String, Long> one = Oracle.lacking(detection, events, window);
      assertThat(run.lacking(detection.fileName())).as(what).isEqualTo(one);
      lacking.putAll(one);
    }
    assertThat(lacking).as(what).isNotEmpty();
    assertThat(run.deadLetters()).as(what).isEmpty();
  }

  private static String[] names() {
    return new String[] {
      Detection.WINDOWS_ABUSED_WEB_SERVICES.fileName(),
      Detection.SUSPICIOUS_PROCESS_DNS_QUERY_KNOWN_ABUSE_WEB_SERVICES.fileName()
    };
  }

  private static Random seeded(long number) {
    return new Random(number + Long.getLong("oracle.seed", 0));
  }
}
