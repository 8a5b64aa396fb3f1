package io.sysmonflink.benchmarks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Contender DUCKDB =
      new Contender.Peer(Contender.Engine.DUCKDB, Path.of("."), 2);
  private static final List<String> EXPECTED = List.of("header", "a", "b", "b", "d");

  @Test
  void theSameRowsPass() {
    assertThatCode(() -> Comparison.check("dns, nxlog", EXPECTED, DUCKDB, EXPECTED))
        .doesNotThrowAnyException();
  }

  @Test
  void otherRowsAreToldWithTheirNumberAndAnExample() {
    assertThatThrownBy(
            () ->
                Comparison.check(
                    "dns, nxlog", EXPECTED, DUCKDB, List.of("header", "b", "c", "d", "d")))
        .hasMessage(
            "dns, nxlog: DuckDB with 2 threads differs from the first run: 2 rows more, 2 less,"
                + " such as c");
  }

  @Test
  void nothingFoundIsNoAgreement() {
    assertThatThrownBy(
            () -> Comparison.check("dns, nxlog", List.of("header"), DUCKDB, List.of("header")))
        .hasMessageContaining("nothing to compare");
  }
}
