package io.sysmonflink.benchmarks;

import java.time.Instant;
import java.time.LocalDate;

/** Times in units of 100 ns since 1970, written fast: a log has three for each event. */
final class EventTime {
  static final long SECOND = 10_000_000;
  static final long MILLISECOND = 10_000;
  private static final long DAY = 86_400 * SECOND;

  private EventTime() {}

  static long of(Instant instant) {
    return instant.getEpochSecond() * SECOND + instant.getNano() / 100;
  }

  /** For example {@code 2024-11-18 07:40:00.898}, with this separator and digits of a fraction. */
  static StringBuilder append(StringBuilder text, long time, char separator, int digits) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(time, DAY));
    long rest = Math.floorMod(time, DAY);
    number(text, day.getYear(), 4).append('-');
    number(text, day.getMonthValue(), 2).append('-');
    number(text, day.getDayOfMonth(), 2).append(separator);
    long seconds = rest / SECOND;
    number(text, seconds / 3600, 2).append(':');
    number(text, seconds / 60 % 60, 2).append(':');
    number(text, seconds % 60, 2);
    if (digits > 0) {
      long fraction = rest % SECOND;
      for (int i = digits; i < 7; i++) {
        fraction /= 10;
      }
      number(text.append('.'), fraction, digits);
    }
    return text;
  }

  private static StringBuilder number(StringBuilder text, long number, int digits) {
    long place = 1;
    for (int i = 1; i < digits; i++) {
      place *= 10;
    }
    for (; place > 0; place /= 10) {
      text.append((char) ('0' + number / place % 10));
    }
    return text;
  }
}
