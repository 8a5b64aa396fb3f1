package io.sysmonflink.jobs.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time range of a search: {@code from} belongs to it, {@code to} does not. */
public record Window(Instant from, Instant to) {

  /**
   * The last {@code days} days as Splunk counts them: the start snaps to the hour ({@code -14d@h}).
   */
  public static Window lastDays(int days, Instant to) {
    return new Window(to.minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.HOURS), to);
  }

  boolean contains(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }
}
