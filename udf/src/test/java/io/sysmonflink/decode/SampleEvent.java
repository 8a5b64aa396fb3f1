package io.sysmonflink.decode;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * An event to be written in some shape.
 *
 * @param time to the millisecond; where a shape carries a second time, that is another one
 * @param data the fields of EventData but UtcTime; an empty value is a missing one
 */
public record SampleEvent(
    int id,
    Instant time,
    String provider,
    String channel,
    String computer,
    long recordId,
    Map<String, String> data) {

  /** Any event that all shapes can say: no control characters, which XML does not have. */
  public static Arbitrary<SampleEvent> any() {
    Arbitrary<String> values =
        Arbitraries.strings()
            .withChars("aZ09 .\\/:;,-_<>&\"'{}[]#@%*?=()\n\tüß例")
            .withChars("<Event></Event>")
            .ofMaxLength(24)
            .map(value -> value.replace("<Event", "<event").replace("</Event", "</event"));
    Arbitrary<String> names = Arbitraries.of("QueryName", "QueryStatus", "QueryResults", "Image");
    return Combinators.combine(
            Arbitraries.of(22, 22, 22, 1, 0, 65535),
            Arbitraries.longs().between(1_600_000_000_000L, 1_730_000_000_000L),
            values.filter(value -> !value.isBlank()),
            values,
            Arbitraries.longs().between(1, 1L << 40),
            Arbitraries.maps(names, values).ofMaxSize(4))
        .as(
            (id, time, computer, channel, recordId, data) ->
                new SampleEvent(
                    id,
                    Instant.ofEpochMilli(time),
                    "Microsoft-Windows-Sysmon",
                    channel,
                    computer,
                    recordId,
                    data));
  }

  /** EventData with a UtcTime. */
  Map<String, String> dataWith(Instant utcTime) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("UtcTime", utcTime.toString().replace('T', ' ').replace("Z", ""));
    all.putAll(data);
    return all;
  }

  /** The row as {@link Rows} prints it. */
  public String row() {
    return String.join(
        "|",
        String.valueOf(id),
        time.toString(),
        computer,
        shown(channel),
        provider,
        String.valueOf(recordId),
        shown(data.get("QueryName")),
        shown(data.get("QueryStatus")),
        shown(data.get("QueryResults")),
        shown(data.get("Image")));
  }

  private static String shown(String value) {
    return value == null || value.isEmpty() ? "null" : value;
  }
}
