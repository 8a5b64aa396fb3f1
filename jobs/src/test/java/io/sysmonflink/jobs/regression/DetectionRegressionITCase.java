package io.sysmonflink.jobs.regression;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.oracle.Backfill;
import io.sysmonflink.jobs.oracle.DetectionRow;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every detection comes with evidence that it fires, and every shape with evidence that it is read.
 */
class DetectionRegressionITCase {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("io.sysmonflink.jobs.regression.TestData#detections")
  void firesOnItsHitsAndOnNoNearMiss(Evidence evidence) {
    assertThat(run(evidence).deadLetters()).isEmpty();
  }

  /** In one run, as a folder of logs would hold them; which shape fails alone, ShapesTest tells. */
  @Test
  void everyShapeGivesTheSameRows() {
    List<Evidence> shapes = TestData.shapes().toList();
    shapes.forEach(shape -> shape.inputIn(folder.resolve("shapes").resolve(shape.name())));
    Collection<DetectionRow> expected =
        shapes.stream()
            .flatMap(shape -> shape.allExpected().stream())
            .collect(
                toMap(
                    row -> List.of(row.detection(), row.image(), row.queryName(), row.dest()),
                    row -> row,
                    DetectionRow::plus))
            .values();
    assertThat(shapes).hasSizeGreaterThan(30);

    Backfill run =
        Backfill.run(
            folder.resolve("shapes"),
            folder.resolve("output"),
            Backfill.between(shapes.get(0).window()));

    assertThat(run.rows()).as(run.log()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(run.deadLetters()).as(run.log()).isEmpty();
  }

  @Test
  void bundledLogGivesItsRowsAndOneDeadLetter() {
    List<JsonNode> deadLetters = run(TestData.logs()).deadLetters();
    assertThat(deadLetters).hasSize(1);
    assertThat(deadLetters.get(0).required("source").textValue()).contains("sysmon-forwarder.xml");
  }

  private Backfill run(Evidence evidence) {
    Backfill run =
        Backfill.run(
            evidence.inputIn(folder),
            folder.resolve("output"),
            Stream.concat(
                    Backfill.between(evidence.window()).stream(), Stream.of("--parallelism", "2"))
                .toList());
    evidence
        .expected()
        .forEach(
            (detection, expected) -> {
              List<DetectionRow> rows = run.rows(detection);
              assertThat(rows)
                  .as("%s in %s%n%s", detection, evidence, run.log())
                  .containsExactlyInAnyOrderElementsOf(expected);
            });
    if (evidence.allExpected().isEmpty()) {
      assertThat(run.bounds()).isEmpty();
    } else {
      assertThat(run.bounds()).containsExactly(evidence.window());
    }
    return run;
  }
}
