package io.sysmonflink.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.fast.JsonParsersTest;
import io.sysmonflink.decode.fast.XmlParsersTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/**
 * A value is read as it was written, however long it is and whatever the events before it held: in
 * every shape, and by the fast parsers as by the plain ones.
 */
class LongValuesTest {

  private static final PlainAndFast BOTH = new PlainAndFast(EventIds.all());

  @Property(tries = 40)
  void everyShapeGivesTheValuesOfEachEvent(
      @ForAll @Size(min = 2, max = 4) List<@From("events") SampleEvent> events,
      @ForAll SampleShape shape) {
    StringBuilder log = new StringBuilder();
    events.forEach(event -> log.append(shape.write(event)).append('\n'));
    BOTH.requireSame(log.toString());
    Rows rows = Rows.of(log.toString(), EventIds.all());
    assertThat(rows.messages()).as("%s", shape).isEmpty();
    assertThat(rows.texts())
        .as("%s", shape)
        .isEqualTo(events.stream().map(SampleEvent::row).toList());
  }

  /** As {@link SampleShape} writes XML, and with entities in the envelope and in UtcTime too. */
  @Property(tries = 60)
  void theFastXmlParserAgreesWithAalto(@ForAll("values") List<String> values) {
    for (String value : values) {
      String escaped = escaped(value);
      String event =
          ("<Event><System><Provider Name='p'/><EventID>22</EventID><Channel>%1$s</Channel>"
                  + "<Computer>%1$s</Computer></System><EventData><Data Name='UtcTime'>%1$s</Data>"
                  + "<Data Name='QueryName'>%1$s</Data><Data Name='Image'>%2$s</Data>"
                  + "</EventData></Event>")
              .formatted(escaped, escaped.replace("\n", " "));
      assertThat(XmlParsersTest.fast(event)).isNotNull().isEqualTo(XmlParsersTest.plain(event));
      BOTH.requireSame(event);
    }
  }

  @Property(tries = 60)
  void theFastJsonParserAgreesWithJackson(@ForAll("values") List<String> values) {
    for (String value : values) {
      String text =
          value.replace("\uD83D\uDE00", "\u20AC"); // written as one escape, it is Jackson's
      String quoted = json(text);
      String event =
          "{\"EventID\":22,\"SourceName\":%1$s,\"UtcTime\":%1$s,\"QueryName\":%1$s,\"Image\":%1$s}"
              .formatted(quoted);
      assertThat(JsonParsersTest.fast(event)).isNotNull().isEqualTo(JsonParsersTest.plain(event));
      BOTH.requireSame(event);
    }
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c == '\u4F8B') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Provide
  Arbitrary<List<String>> values() {
    return LongValues.any()
        .map(value -> new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<SampleEvent> events() {
    Arbitrary<List<String>> two = LongValues.any().list().ofSize(2);
    return Combinators.combine(two, Arbitraries.integers().between(1, 1_000))
        .as(
            (values, number) -> {
              List<String> clean = new ArrayList<>();
              values.forEach(value -> clean.add(value.replace("\t", " ")));
              return new SampleEvent(
                  22,
                  Instant.parse("2024-11-01T00:00:00.123Z"),
                  "Microsoft-Windows-Sysmon",
                  "Microsoft-Windows-Sysmon/Operational",
                  "host-" + number,
                  number,
                  Map.of("QueryName", clean.get(0), "Image", "C:\\" + clean.get(1)));
            });
  }
}
