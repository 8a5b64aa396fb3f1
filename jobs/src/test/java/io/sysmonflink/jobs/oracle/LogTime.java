package io.sysmonflink.jobs.oracle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The times of the shapes: with {@code T} or a space, with {@code Z} or without, always UTC. */
final class LogTime {
  private LogTime() {}

  static Instant parse(String text) {
    String iso = text.replace(' ', 'T');
    return Instant.parse(iso.endsWith("Z") ? iso : iso + "Z").truncatedTo(ChronoUnit.MILLIS);
  }
}
