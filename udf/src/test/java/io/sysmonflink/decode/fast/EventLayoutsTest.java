package io.sysmonflink.decode.fast;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.xml.SystemElement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which events have the layout of one that was read before. That they mean the same then is for
 * {@link XmlParsersTest} and {@code DecoderFuzzTest}, which compare with the plain parsers.
 */
class EventLayoutsTest {

  private static final String XML =
      "<Event><System><Provider Name='P'/><EventID>22</EventID><Level></Level></System>"
          + "<EventData><Data Name='Image'>C:\\a</Data></EventData></Event>";

  private static final String JSON =
      "{\"EventID\":22,\"Keywords\":null,\"SourceName\":\"P\",\"Image\":\"C:\\\\a\"}";

  private final EventLayouts layouts = new EventLayouts();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "P'/> | Another Provider of events'/>",
        "22   | 1",
        "C:\\a | ``",
        "C:\\a | é &amp; &lt;b&gt;",
        "<Level></Level> | <Level>4</Level>",
      })
  void anXmlEventThatDiffersInItsValuesHasTheLayout(String value, String other) {
    readXml(XML);
    assertThat(hasLayout(XML.replace(value, other))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Level | Task",
        "'P'   | \"P\"",
        "<Level></Level> | <Level/>",
        "</System> | `</System> `",
        "Image | User",
        "C:\\a | <!-- -->",
        "C:\\a | &#65;",
        "C:\\a | ]]>",
        "</Event> | </Event>x",
        "</Event> | </Event",
      })
  void anXmlEventThatDiffersInMoreHasNot(String part, String other) {
    readXml(XML);
    assertThat(hasLayout(XML.replace(part, other))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"EventID\":1,\"Keywords\":-9,\"SourceName\":\"\",\"Image\":\"\\u00e9 \\n\"}",
        "{\"EventID\":22,\"Keywords\":true,\"SourceName\":\"Q\",\"Image\":\"\\ud83d\"}"
      })
  void aJsonEventThatDiffersInItsValuesHasTheLayout(String other) {
    readJson(JSON);
    assertThat(hasLayout(other)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"EventID\":\"22\",\"Keywords\":null,\"SourceName\":\"P\",\"Image\":\"a\"}",
        "{\"EventID\":22,\"Keywords\":{},\"SourceName\":\"P\",\"Image\":\"a\"}",
        "{\"EventID\":22,\"Keywords\":1.5,\"SourceName\":\"P\",\"Image\":\"a\"}",
        "{\"EventID\":22,\"Keywords\":null,\"SourceName\":\"P\",\"Image\":\"a\", \"User\":\"b\"}",
        "{\"EventID\":22,\"Keywords\":null,\"SourceName\":\"P\",\"Image\":\"\\x\"}",
        "{\"EventID\":22,\"Keywords\":null,\"SourceName\":\"P\",\"image\":\"a\"}"
      })
  void aJsonEventThatDiffersInMoreHasNot(String other) {
    readJson(JSON);
    assertThat(hasLayout(other)).isFalse();
  }

  /** Values are compared with the first event's until one differs; then it may be anything. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "P, 22, C:\\a | P, 22, C:\\a | P, 22, C:\\a",
        "P, 22, C:\\bc | P, 22, | P, 22, C:\\a",
        "Q, 1, C:\\bc | P, 22, | P, 33333, C:\\bc",
        "P, 1, C:\\bc | Long, 1, C:\\bc | Q, 22, d",
        "P, 22, C:\\bc | Longer, 22, C:\\bc | P, 22, C:\\a",
      })
  void valuesStandWhereTheyDoWhateverDifferedBefore(String first, String second, String third) {
    readXml(XML);
    for (String values : List.of(first, second, third)) {
      String[] each = values.split(", *", -1);
      byte[] b =
          ("..<Event><System><Provider Name='%s'/><EventID>%s</EventID><Level></Level></System>"
                  + "<EventData><Data Name='Image'>%s</Data></EventData></Event>")
              .formatted((Object[]) each)
              .getBytes(StandardCharsets.UTF_8);
      EventLayout layout = layouts.of(b, 2, b.length);
      assertThat(layout).isNotNull();
      assertThat(IntStream.of(layout.used()).mapToObj(value -> text(b, layout, value)))
          .containsExactly(each);
    }
  }

  @Test
  void theLayoutsOfLateEventsAreKept() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      events.add(XML.replace("Level", "L" + i));
      readXml(events.get(i));
    }
    assertThat(events.stream().map(this::hasLayout))
        .containsExactly(false, true, true, true, true, true, true, true, true);
    assertThat(hasLayout(events.get(1))).isTrue();
    readXml(XML);
    assertThat(hasLayout(events.get(1))).as("asked for last").isTrue();
    assertThat(hasLayout(events.get(2))).as("asked for longest ago").isFalse();
  }

  @Test
  void anEventWithVeryManyValuesIsReadButNotLearned() {
    String data = "<Data Name='a'>b</Data>".repeat(300);
    String event = XML.replace("</EventData>", data + "</EventData>");
    assertThat(readXml(event)).isTrue();
    assertThat(hasLayout(event)).isFalse();
  }

  private static String text(byte[] b, EventLayout layout, int value) {
    int from = layout.start(value);
    return new String(b, from, layout.end(value) - from, StandardCharsets.UTF_8);
  }

  private boolean hasLayout(String event) {
    byte[] b = event.getBytes(StandardCharsets.UTF_8);
    return layouts.of(b, 0, b.length) != null;
  }

  private boolean readXml(String event) {
    ValueCache values = new ValueCache();
    byte[] b = event.getBytes(StandardCharsets.UTF_8);
    return new WindowsEventParser(new SystemElement(values), values, layouts)
        .parse(b, 0, b.length, fields());
  }

  private void readJson(String event) {
    byte[] b = event.getBytes(StandardCharsets.UTF_8);
    assertThat(new ShipperJsonParser(layouts).parse(b, 0, b.length, fields())).isTrue();
  }

  private static EventFields fields() {
    EventFields fields =
        new EventFields(
            new EventColumns(List.of("Image", "User", "UtcTime"), Set.of("Image", "User")));
    fields.clear();
    return fields;
  }
}
