package io.sysmonflink.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.Test;

class CtimeTest {

  private static final DateTimeFormatter ORACLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private final Ctime function = new Ctime();

  @Property
  void it_prints_what_java_time_prints(
      @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L) long millis,
      @ForAll @IntRange(max = 999_999) int nanos) {
    assertThat(function.eval(TimestampData.fromEpochMillis(millis, nanos)))
        .hasToString(ORACLE.format(Instant.ofEpochMilli(millis).atZone(ZoneId.of("UTC"))));
  }

  @Property
  void a_zone_moves_the_clock(
      @ForAll @LongRange(min = -2_208_988_800_000L, max = 4_102_444_800_000L) long millis,
      @ForAll("zones") String zone) {
    assertThat(function.eval(TimestampData.fromEpochMillis(millis), StringData.fromString(zone)))
        .hasToString(ORACLE.format(Instant.ofEpochMilli(millis).atZone(ZoneId.of(zone))));
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(
        "UTC", "Z", "+02:00", "-09:30", "Europe/Berlin", "America/New_York", "Asia/Kolkata");
  }

  @Test
  void the_fraction_is_cut_downwards_before_the_epoch_too() {
    assertThat(ctime("2024-01-02T03:04:05.999999999Z")).isEqualTo("2024-01-02T03:04:05");
    assertThat(ctime("1969-12-31T23:59:59.001Z")).isEqualTo("1969-12-31T23:59:59");
    assertThat(ctime("1969-12-31T23:59:59.999999999Z")).isEqualTo("1969-12-31T23:59:59");
  }

  @Test
  void a_zone_may_carry_the_last_year_into_the_next() {
    Instant last = Instant.parse("9999-12-31T23:00:00Z").truncatedTo(ChronoUnit.SECONDS);
    assertThat(function.eval(TimestampData.fromInstant(last), StringData.fromString("+02:00")))
        .hasToString("10000-01-01T01:00:00");
  }

  @Test
  void null_gives_null() {
    assertThat(function.eval(null)).isNull();
    assertThat(function.eval(null, StringData.fromString("UTC"))).isNull();
    assertThat(function.eval(TimestampData.fromEpochMillis(0), null)).isNull();
  }

  @Test
  void an_unknown_zone_is_named() {
    TimestampData now = TimestampData.fromEpochMillis(0);
    for (String zone : new String[] {"Mars/Phobos", "", "+99:00", "CEST?"}) {
      assertThatThrownBy(() -> function.eval(now, StringData.fromString(zone)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("CTIME: unknown time zone '" + zone + "'.");
    }
  }

  private String ctime(String instant) {
    return function.eval(TimestampData.fromInstant(Instant.parse(instant))).toString();
  }
}
