package io.sysmonflink.decode.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2021-09-22T13:18:31.589696800Z, 2021-09-22T13:18:31.589Z",
    "2021-12-04 21:19:16.741995, 2021-12-04T21:19:16.741Z",
    "2022-05-13T08:54:06.4420000Z, 2022-05-13T08:54:06.442Z",
    "2021-09-22 13:18:31.147, 2021-09-22T13:18:31.147Z",
    "2021-09-22T13:18:31, 2021-09-22T13:18:31Z",
    "2021-09-22T13:18:31.9999999Z, 2021-09-22T13:18:31.999Z",
    "2021-09-22T13:18:31.5+02:00, 2021-09-22T11:18:31.5Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "1969-12-31T23:59:59.9999Z, 1969-12-31T23:59:59.999Z",
    "2021-09-22T13:18:31.147+0000, 2021-09-22T13:18:31.147Z",
    "2021-09-22T13:18:31+0200, 2021-09-22T11:18:31Z",
    "2021-09-22 13:18:31 -0730, 2021-09-22T20:48:31Z",
    "2021-09-22 13:18:31.147 UTC, 2021-09-22T13:18:31.147Z",
    "2016-12-31T23:59:60.25Z, 2017-01-01T00:00:00.25Z",
    "2017-01-01T01:59:60+02:00, 2017-01-01T00:00:00Z",
    "1732094130, 2024-11-20T09:15:30Z",
    "1732094130.1234567, 2024-11-20T09:15:30.123Z",
    "1732094130123, 2024-11-20T09:15:30.123Z",
    "1732094130123.4567, 2024-11-20T09:15:30.123Z",
    "1732094130123456, 2024-11-20T09:15:30.123Z",
    "1732094130123456789, 2024-11-20T09:15:30.123Z"
  })
  void readsEverySpellingCutToMilliseconds(String text, Instant expected) {
    assertThat(Instant.ofEpochMilli(EventTime.parse(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "2021-09-22",
        "2021-09-22T13:18",
        "2021-02-29T00:00:00Z",
        "2021-09-31T00:00:00Z",
        "2021-13-01T00:00:00Z",
        "2021-09-22T24:00:00Z",
        "2021-09-22T23:60:00Z",
        "2021-09-22T23:58:60Z",
        "2021-09-22T23:59:60+01:00",
        "2021-09-22T23:59:61Z",
        "12345678901",
        "1732094130.",
        "1732094130.1x",
        "2021-09-22T13:18:31 GMT",
        "2021-09-22T13:18:31+02",
        "2021-09-22T13:18:31.Z",
        "2021-09-22T13:18:31.1234567890Z",
        "2021-09-22T13:18:31 ",
        "2021-09-22T13:18:31z",
        "2021-09-22T13:18:31+19:00",
        "09/22/2021 13:18:31"
      })
  void doesNotGuess(String text) {
    assertThat(EventTime.parse(text)).isEqualTo(EventTime.UNREADABLE);
  }

  /** java.time as the plain twin. */
  private static final DateTimeFormatter TWIN =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd['T'][' ']HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .appendPattern("['Z']['UTC'][XXX][XX]")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  @Property(tries = 5_000)
  void agreesWithJavaTime(@ForAll("times") String text) {
    byte[] padded = ("<" + text + ">").getBytes(StandardCharsets.US_ASCII);
    assertThat(EventTime.parse(padded, 1, padded.length - 1)).as(text).isEqualTo(twin(text));
  }

  private static long twin(String text) {
    // An offset may stand behind a space, and there is one at the most.
    String joined = text.replaceFirst("(?<=\\d) (?=(Z|UTC|[-+][\\d:]{4,5})$)", "");
    return joined.matches(".*(Z|UTC)(Z|UTC|[-+].*)") ? EventTime.UNREADABLE : twinOf(joined);
  }

  private static long twinOf(String text) {
    // What the pattern of optional parts lets through besides.
    if (text.endsWith(" ")
        || text.length() < 19
        || (text.charAt(10) != 'T' && text.charAt(10) != ' ')) {
      return EventTime.UNREADABLE;
    }
    try {
      TemporalAccessor parsed = TWIN.parse(text);
      long second =
          parsed.isSupported(ChronoField.OFFSET_SECONDS)
              ? Instant.from(parsed).getEpochSecond()
              : java.time.LocalDateTime.from(parsed).toEpochSecond(ZoneOffset.UTC);
      return second * 1_000 + parsed.get(ChronoField.NANO_OF_SECOND) / 1_000_000;
    } catch (DateTimeException e) {
      return EventTime.UNREADABLE;
    }
  }

  /** Times with up to two characters changed. */
  @Provide
  Arbitrary<String> times() {
    Arbitrary<String> good =
        Arbitraries.of(
            "2021-09-22T13:18:31.589696800Z",
            "2021-12-04 21:19:16.741995",
            "2021-09-22 13:18:31.147",
            "2024-02-29T23:59:59Z",
            "2000-02-28T00:00:00.000+02:00",
            "1900-02-29T18:00:00-18:00");
    Arbitrary<Character> characters = Arbitraries.chars().with("0123456789-:.TZ +");
    return good.flatMap(
        text ->
            Arbitraries.integers()
                .between(0, text.length() - 1)
                .list()
                .ofMaxSize(2)
                .flatMap(
                    places ->
                        characters
                            .list()
                            .ofSize(places.size())
                            .map(
                                changes -> {
                                  StringBuilder changed = new StringBuilder(text);
                                  for (int i = 0; i < places.size(); i++) {
                                    changed.setCharAt(places.get(i), changes.get(i));
                                  }
                                  return changed.toString();
                                })));
  }

  @Property
  void readsAnyMillisecond(
      @ForAll @IntRange(min = 0, max = 4_000) int day,
      @ForAll @IntRange(min = 0, max = 86_399_999) int milliOfDay,
      @ForAll @CharRange(from = '0', to = '9') char next) {
    Instant instant = Instant.ofEpochMilli(day * 86_400_000L + milliOfDay);
    String text = "%tFT%<tT.%<tL%s".formatted(instant.atZone(ZoneOffset.UTC), next);
    assertThat(EventTime.parse(text)).isEqualTo(instant.toEpochMilli());
  }
}
