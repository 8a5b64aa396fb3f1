package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeOptionTest {

  @ParameterizedTest
  @CsvSource({
    "2024-09-30, 2024-09-30T00:00:00Z",
    "2024-09-30T18:25, 2024-09-30T18:25:00Z",
    "2024-09-30T18:25:43.5, 2024-09-30T18:25:43.5Z",
    "2024-09-30T18:25:43Z, 2024-09-30T18:25:43Z",
    "2024-09-30T18:25:43+02:00, 2024-09-30T16:25:43Z"
  })
  void withoutAZoneATimeIsUtc(String text, Instant time) {
    assertThat(new TimeOption().convert(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "30.09.2024",
        "2024-09-31",
        "2024-09-30 18:00",
        "2024-09-30Z",
        "1727712000"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> new TimeOption().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith("'" + text + "' is not a time like");
  }
}
