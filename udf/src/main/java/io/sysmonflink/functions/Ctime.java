package io.sysmonflink.functions;

import static io.sysmonflink.functions.InternalArguments.Parameter.STRING;
import static io.sysmonflink.functions.InternalArguments.Parameter.TIMESTAMP;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code CTIME(timestamp [, zone])}: Splunk's {@code ctime} with the format that its security
 * content uses, {@code %Y-%m-%dT%H:%M:%S}. STRING, NULL if an argument is NULL.
 *
 * <p>The timestamp is a TIMESTAMP_LTZ of any precision, or a TIMESTAMP, which is taken as UTC. The
 * fraction of a second is cut. The zone is a name as {@link ZoneId#of(String)} takes it ({@code
 * Europe/Berlin}, {@code +02:00}), UTC if left out; the text does not name it. An unknown zone is
 * an error: while planning if it is a literal, else when a row brings it. The session's time zone
 * has no say.
 */
public final class Ctime extends ScalarFunction {

  private static final long serialVersionUID = 1L;

  /** For years that have not four digits: a zone may carry a SQL timestamp into the year 10000. */
  private static final DateTimeFormatter OTHER_YEARS =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 10, SignStyle.NORMAL)
          .appendPattern("-MM-dd'T'HH:mm:ss")
          .toFormatter(Locale.ROOT);

  /** The zone of the last call, which nearly always is the zone of the next. */
  private transient String lastZone;

  private transient ZoneId lastZoneId;

  @Override
  public TypeInference getTypeInference(DataTypeFactory typeFactory) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(
            InternalArguments.of(TIMESTAMP, STRING).lastOptional().check(Ctime::checkLiteral))
        .outputTypeStrategy(InternalArguments::nullableString)
        .build();
  }

  /** Called by Flink; see the class. */
  public StringData eval(TimestampData timestamp) {
    if (timestamp == null) {
      return null;
    }
    return format(
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(timestamp.getMillisecond(), 1000L), 0, ZoneOffset.UTC));
  }

  /** Called by Flink; see the class. */
  public StringData eval(TimestampData timestamp, StringData zone) {
    if (timestamp == null || zone == null) {
      return null;
    }
    String name = zone.toString();
    if (!name.equals(lastZone)) {
      lastZoneId = parse(name);
      lastZone = name;
    }
    return format(
        LocalDateTime.ofInstant(Instant.ofEpochMilli(timestamp.getMillisecond()), lastZoneId));
  }

  private static void checkLiteral(CallContext call) {
    if (call.getArgumentDataTypes().size() == 2 && call.isArgumentLiteral(1)) {
      call.getArgumentValue(1, String.class)
          .ifPresent(
              zone -> {
                try {
                  parse(zone);
                } catch (IllegalArgumentException e) {
                  throw call.newValidationError("%s", e.getMessage());
                }
              });
    }
  }

  private static ZoneId parse(String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("CTIME: unknown time zone '" + zone + "'.", e);
    }
  }

  private static StringData format(LocalDateTime time) {
    int year = time.getYear();
    if (year < 0 || year > 9999) {
      return StringData.fromString(OTHER_YEARS.format(time));
    }
    byte[] text = "0000-00-00T00:00:00".getBytes(ISO_8859_1);
    putTwoDigits(text, 0, year / 100);
    putTwoDigits(text, 2, year % 100);
    putTwoDigits(text, 5, time.getMonthValue());
    putTwoDigits(text, 8, time.getDayOfMonth());
    putTwoDigits(text, 11, time.getHour());
    putTwoDigits(text, 14, time.getMinute());
    putTwoDigits(text, 17, time.getSecond());
    return StringData.fromBytes(text);
  }

  private static void putTwoDigits(byte[] text, int at, int number) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }
}
