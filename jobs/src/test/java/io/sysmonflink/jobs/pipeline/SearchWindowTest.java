package io.sysmonflink.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sysmonflink.jobs.catalog.UserError;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SearchWindowTest {

  private static final Instant NOW = Instant.parse("2024-09-30T18:25:43.123456789Z");

  @Test
  void theLastDaysBeginAtTheFullHour() {
    SearchWindow window = SearchWindow.lastDays(14, NOW);

    assertThat(window.earliestSql()).isEqualTo("2024-09-16 18:00:00.000");
    assertThat(window.latestSql()).isEqualTo("2024-09-30 18:25:43.123");
  }

  @Test
  void aFullHourStaysWhereItIs() {
    assertThat(SearchWindow.lastDays(1, Instant.parse("2024-03-01T00:00:00Z")).earliestSql())
        .isEqualTo("2024-02-29 00:00:00.000");
  }

  @Test
  void anEmptyOrBackwardRangeIsAnError() {
    assertThatThrownBy(() -> new SearchWindow(NOW, NOW)).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> new SearchWindow(NOW.plusMillis(1), NOW))
        .isInstanceOf(UserError.class);
    // Less than the millisecond that Flink's timestamps keep here.
    assertThatThrownBy(() -> new SearchWindow(NOW, NOW.plusNanos(1))).isInstanceOf(UserError.class);
  }

  @Test
  void aYearThatSqlCannotWriteIsAnError() {
    assertThatThrownBy(() -> new SearchWindow(NOW, Instant.parse("+10000-01-01T00:00:00Z")))
        .isInstanceOf(UserError.class);
  }
}
