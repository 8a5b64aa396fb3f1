package io.sysmonflink.jobs.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gathers what happens again and again, and reports it at once, and then once a minute. */
final class Repeated {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private int count;
  private Instant first;
  private String reason;
  private Instant reported = Instant.MIN;

  /**
   * What happened since the last report.
   *
   * @param count how often
   * @param first when for the first time
   * @param reason of the last time
   */
  record Occurrences(int count, Instant first, String reason) {

    /** How often, where it was more than once. */
    String times() {
      return count == 1 ? "" : " (%s times since %s)".formatted(count, first);
    }
  }

  /** Takes that it happened some times more, the last time for a reason. */
  void add(int times, Instant at, String why) {
    first = count == 0 ? at : first;
    count += times;
    reason = why;
  }

  /** What must be reported now, if anything. */
  Optional<Occurrences> due(Instant now) {
    if (count == 0 || now.minus(PAUSE).isBefore(reported)) {
      return Optional.empty();
    }
    Occurrences due = new Occurrences(count, first, reason);
    count = 0;
    reported = now;
    return Optional.of(due);
  }
}
