package io.sysmonflink.decode.event;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * The times of Windows events: {@code 2021-09-22T13:18:31.589696800Z}, {@code 2021-12-04
 * 21:19:16.741995}, {@code 2021-09-22 13:18:31.147}. A date and a time to the second, {@code T} or
 * a space between; up to nine fraction digits; then nothing, {@code Z} or {@code UTC}, which all
 * mean UTC, or an offset such as {@code +02:00} or {@code +0200}, with or without a space before
 * these. A leap second is the one after it, as for every clock that knows none. Or a number: of
 * seconds since 1970, with or without a fraction, or of milliseconds, microseconds or nanoseconds,
 * which its digits tell for all times from 2001 to 2286.
 */
public final class EventTime {

  /** What {@link #parse(byte[], int, int)} returns for anything else. */
  public static final long UNREADABLE = Long.MIN_VALUE;

  private static final int MAX_FRACTION = 18;

  private static final int SECONDS_LENGTH = "2021-09-22T13:18:31".length();

  private EventTime() {}

  static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** Milliseconds since the epoch, the rest of the fraction cut; or {@link #UNREADABLE}. */
  public static long parse(byte[] b, int from, int to) {
    if (isNumber(b, from, to)) {
      return ofNumber(b, from, to);
    }
    if (to - from < SECONDS_LENGTH
        || b[from + 4] != '-'
        || b[from + 7] != '-'
        || (b[from + 10] != 'T' && b[from + 10] != ' ')
        || b[from + 13] != ':'
        || b[from + 16] != ':') {
      return UNREADABLE;
    }
    int year = digits(b, from, 4);
    int month = digits(b, from + 5, 2);
    int day = digits(b, from + 8, 2);
    int hour = digits(b, from + 11, 2);
    int minute = digits(b, from + 14, 2);
    int second = digits(b, from + 17, 2);
    if (year < 0
        || month < 1
        || month > 12
        || day < 1
        || day > daysIn(year, month)
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 60) {
      return UNREADABLE;
    }

    int at = from + SECONDS_LENGTH;
    int millis = 0;
    if (at < to && b[at] == '.') {
      int fraction = ++at;
      for (int unit = 100; at < to && isDigit(b[at]); at++, unit /= 10) {
        millis += (b[at] - '0') * unit;
      }
      if (at == fraction || at - fraction > 9) {
        return UNREADABLE;
      }
    }
    long offset = offsetSeconds(b, at, to);
    if (offset == UNREADABLE) {
      return UNREADABLE;
    }
    long seconds =
        LocalDate.of(year, month, day).toEpochDay() * 86_400
            + hour * 3_600L
            + minute * 60L
            + second
            - offset;
    if (second == 60 && Math.floorMod(seconds, 86_400L) != 0) {
      return UNREADABLE; // they stand at the end of a day
    }
    return seconds * 1_000 + millis;
  }

  private static boolean isNumber(byte[] b, int from, int to) {
    int digits = 0;
    while (from + digits < to && isDigit(b[from + digits])) {
      digits++;
    }
    return digits > 4; // a year has four
  }

  /** Of so many digits as count the time since 1970 in one unit or another. */
  private static long ofNumber(byte[] b, int from, int to) {
    int at = from;
    long number = 0;
    while (at < to && isDigit(b[at]) && at - from < 19) {
      number = number * 10 + b[at++] - '0';
    }
    int digits = at - from;
    int millis = 0;
    if (at < to && b[at] == '.') {
      int fraction = ++at;
      for (int unit = 100; at < to && isDigit(b[at]); at++, unit /= 10) {
        millis += (b[at] - '0') * unit;
      }
      if (at == fraction || at - fraction > MAX_FRACTION) {
        return UNREADABLE;
      }
    }
    if (at != to) {
      return UNREADABLE;
    }
    return switch (digits) {
      case 10 -> number * 1_000 + millis;
      case 13 -> number; // the rest of a millisecond is cut
      case 16 -> number / 1_000;
      case 19 -> number / 1_000_000;
      default -> UNREADABLE;
    };
  }

  private static long offsetSeconds(byte[] b, int from, int to) {
    int at = from < to && b[from] == ' ' ? from + 1 : from;
    boolean isUtc = to - at == 3 && b[at] == 'U' && b[at + 1] == 'T' && b[at + 2] == 'C';
    if (from == to || isUtc || (to - at == 1 && b[at] == 'Z')) {
      return 0;
    }
    boolean colon = to - at == 6 && b[at + 3] == ':';
    if ((!colon && to - at != 5) || (b[at] != '+' && b[at] != '-')) {
      return UNREADABLE;
    }
    int hours = digits(b, at + 1, 2);
    int minutes = digits(b, to - 2, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
      return UNREADABLE;
    }
    long seconds = hours * 3_600L + minutes * 60L;
    return b[at] == '-' ? -seconds : seconds;
  }

  private static int daysIn(int year, int month) {
    return switch (month) {
      case 2 -> (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static int digits(byte[] b, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      if (!isDigit(b[i])) {
        return -1;
      }
      value = value * 10 + b[i] - '0';
    }
    return value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
