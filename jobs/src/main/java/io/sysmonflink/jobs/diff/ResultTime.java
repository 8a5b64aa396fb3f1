package io.sysmonflink.jobs.diff;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code firstTime} or {@code lastTime} in UTC, to the second.
 *
 * @param utc the time
 * @param orElse what it is otherwise, where the hour came twice because clocks were set back
 */
record ResultTime(LocalDateTime utc, LocalDateTime orElse) implements Comparable<ResultTime> {

  /** What {@code ctime} of Splunk's security content prints. */
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** Seconds since 1970, as Splunk prints a time that went through no ctime. */
  private static final Pattern EPOCH = Pattern.compile("(\\d{1,11})(?:\\.\\d{1,9})?");

  /**
   * Reads {@code 2024-09-30T18:00:00}, which is a time of the zone, or a time that needs none: with
   * Z or an offset, or in seconds since 1970. A fraction of a second is cut, as ctime does.
   *
   * @throws DateTimeException if it is none of these
   */
  static ResultTime parse(String text, ZoneId zone) {
    Matcher epoch = EPOCH.matcher(text);
    if (epoch.matches()) {
      return of(LocalDateTime.ofEpochSecond(Long.parseLong(epoch.group(1)), 0, ZoneOffset.UTC));
    }
    TemporalAccessor time = ISO.parse(text);
    LocalDateTime local = LocalDateTime.from(time);
    if (time.isSupported(ChronoField.OFFSET_SECONDS)) {
      return of(utc(local, ZoneOffset.from(time)));
    }
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.size() == 2) {
      return new ResultTime(utc(local, offsets.get(0)), utc(local, offsets.get(1)));
    }
    return of(utc(local, zone.getRules().getOffset(local)));
  }

  private static ResultTime of(LocalDateTime utc) {
    return new ResultTime(utc, utc);
  }

  private static LocalDateTime utc(LocalDateTime local, ZoneOffset offset) {
    return local.truncatedTo(ChronoUnit.SECONDS).minusSeconds(offset.getTotalSeconds());
  }

  /** Whether both may be the same time. */
  boolean matches(ResultTime other) {
    return utc.equals(other.utc)
        || utc.equals(other.orElse)
        || orElse.equals(other.utc)
        || orElse.equals(other.orElse);
  }

  @Override
  public int compareTo(ResultTime other) {
    return utc.compareTo(other.utc);
  }

  @Override
  public String toString() {
    return CTIME.format(utc);
  }
}
