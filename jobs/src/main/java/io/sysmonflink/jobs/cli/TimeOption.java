package io.sysmonflink.jobs.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time in ISO-8601: with Z or an offset; without a zone, and then in UTC; or a date, its first
 * moment in UTC.
 */
final class TimeOption implements ITypeConverter<Instant> {

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  @Override
  public Instant convert(String text) {
    try {
      TemporalAccessor time =
          ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (time instanceof OffsetDateTime withOffset) {
        return withOffset.toInstant();
      } else if (time instanceof LocalDateTime withoutZone) {
        return withoutZone.toInstant(ZoneOffset.UTC);
      }
      return LocalDate.from(time).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'%s' is not a time like 2024-09-30T18:00:00Z, 2024-09-30T18:00+02:00 or 2024-09-30"
              .formatted(text));
    }
  }
}
