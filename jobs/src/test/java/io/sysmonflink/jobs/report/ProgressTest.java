package io.sysmonflink.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 3200000000 | 1000 | 0% of 3.20 GB read, 0 kB/s, starting",
        "800000000 | 3200000000 | 1000 | 25% of 3.20 GB read, 800 MB/s, 3 s left",
        "1000000 | 3200000000 | 1000 | 0% of 3.20 GB read, 1 MB/s, 53 min left",
        "2500 | 5000 | 500 | 50% of 5 kB read, 5 kB/s, 0 s left",
        "5000 | 5000 | 500 | 100% of 5 kB read, 10 kB/s, finishing",
        "0 | 0 | 500 | 100% of 0 kB read, 0 kB/s, finishing"
      })
  void tellsHowFarHowFastAndHowLongStill(long done, long all, long millis, String line) {
    assertThat(Progress.line(done, all, Duration.ofMillis(millis))).isEqualTo(line);
  }
}
