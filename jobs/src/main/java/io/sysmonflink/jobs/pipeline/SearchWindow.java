package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.UserError;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The time range of a search, as Splunk takes it: earliest inclusive, latest exclusive, both cut to
 * milliseconds.
 */
public record SearchWindow(Instant earliest, Instant latest) {

  // What SQL casts to a timestamp: no zone, hence the session's, which is UTC.
  private static final DateTimeFormatter SQL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private static final Instant LOWEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant HIGHEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /**
   * Checks the range.
   *
   * @throws UserError if it is empty or its years do not have four digits
   */
  public SearchWindow {
    earliest = earliest.truncatedTo(ChronoUnit.MILLIS);
    latest = latest.truncatedTo(ChronoUnit.MILLIS);
    if (!earliest.isBefore(latest)) {
      throw new UserError("--from " + earliest + " must be before --to " + latest);
    }
    if (earliest.isBefore(LOWEST) || latest.isAfter(HIGHEST)) {
      throw new UserError("--from and --to must lie in the years 1 to 9999");
    }
  }

  /** Splunk's {@code -Nd@h}: the days before {@code latest}, from the hour that began then. */
  public static SearchWindow lastDays(int days, Instant latest) {
    return new SearchWindow(
        latest.minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.HOURS), latest);
  }

  /** All events from a time on, whatever comes. */
  public static SearchWindow from(Instant earliest) {
    return new SearchWindow(earliest, HIGHEST);
  }

  /** All events. */
  public static SearchWindow all() {
    return from(LOWEST);
  }

  /** The lower bound as SQL writes a timestamp, in UTC. */
  public String earliestSql() {
    return SQL.format(earliest);
  }

  /** The upper bound as SQL writes a timestamp, in UTC. */
  public String latestSql() {
    return SQL.format(latest);
  }
}
