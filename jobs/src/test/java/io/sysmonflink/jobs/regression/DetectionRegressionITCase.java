package io.sysmonflink.jobs.regression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.oracle.Backfill;
import io.sysmonflink.jobs.oracle.DetectionRow;
import java.nio.file.Path;
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

  @ParameterizedTest
  @MethodSource("io.sysmonflink.jobs.regression.TestData#shapes")
  void everyShapeGivesTheSameRows(Evidence evidence) {
    assertThat(run(evidence).deadLetters()).isEmpty();
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
