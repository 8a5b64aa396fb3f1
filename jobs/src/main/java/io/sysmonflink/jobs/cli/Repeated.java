package io.sysmonflink.jobs.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gathers what happens again and again, so that it is told at once, and then once a minute. */
final class Repeated {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private int count;
  private Instant first;
  private String reason;
  private Instant told = Instant.MIN;

  /**
   * What happened since it was last told.
   *
   * @param count how often
   * @param first when for the first time
   * @param reason of the last time
   */
  record Told(int count, Instant first, String reason) {

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

  /** What is to be told now, if anything is. */
  Optional<Told> due(Instant now) {
    if (count == 0 || now.minus(PAUSE).isBefore(told)) {
      return Optional.empty();
    }
    Told due = new Told(count, first, reason);
    count = 0;
    told = now;
    return Optional.of(due);
  }
}
