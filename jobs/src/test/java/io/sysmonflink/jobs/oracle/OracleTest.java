package io.sysmonflink.jobs.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.regression.Evidence;
import io.sysmonflink.jobs.regression.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle and the rows declared by hand in testdata check each other; no job runs here. */
class OracleTest {
  private static final Window WINDOW =
      new Window(Instant.parse("2024-11-03T04:05:06.007Z"), Instant.parse("2024-11-15T00:00:00Z"));

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource
  void givesTheExpectedRows(Evidence evidence) {
    List<WindowsEvent> events = EventFiles.readAll(evidence.inputIn(folder));
    assertThat(Oracle.rows(events, evidence.window()))
        .filteredOn(row -> evidence.expected().containsKey(row.detection()))
        .containsExactlyInAnyOrderElementsOf(evidence.allExpected());
  }

  /** Of the shapes, those that the oracle can read. */
  static Stream<Evidence> givesTheExpectedRows() {
    Set<String> readable =
        Arrays.stream(Shape.values())
            .map(shape -> "shapes/" + shape.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return TestData.all()
        .filter(found -> !found.name().startsWith("shapes/") || readable.contains(found.name()));
  }

  @ParameterizedTest
  @EnumSource
  void readsBackWhatEachShapeSays(Shape shape) throws IOException {
    List<WindowsEvent> events = new RandomEvents(new Random(7), WINDOW).next(300);
    shape.write(folder, events, new Random(8));
    List<WindowsEvent> read = EventFiles.readAll(folder);
    assertThat(read)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("data")
        .containsExactlyInAnyOrderElementsOf(events);
    assertThat(Oracle.rows(read, WINDOW))
        .containsExactlyInAnyOrderElementsOf(Oracle.rows(events, WINDOW));
  }

  @Test
  void randomEventsFireAndMissEverywhere() {
    List<WindowsEvent> events = new RandomEvents(new Random(9), WINDOW).next(450);
    for (Detection detection : Detection.values()) {
      long counted =
          Oracle.rows(detection, events, WINDOW).stream().mapToLong(DetectionRow::count).sum();
      assertThat(counted).as(detection.fileName()).isBetween(60L, 350L);
    }
    assertThat(events)
        .extracting(WindowsEvent::time)
        .contains(WINDOW.from(), WINDOW.from().minusMillis(1))
        .contains(WINDOW.to(), WINDOW.to().minusMillis(1));
  }

  @Test
  void lastDaysStartOnTheHour() {
    Instant to = Instant.parse("2024-11-25T07:59:59.999Z");
    assertThat(Window.lastDays(14, to).from()).isEqualTo("2024-11-11T07:00:00Z");
  }
}
