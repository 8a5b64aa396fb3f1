package io.sysmonflink.decode.parse.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sysmonflink.decode.Rows;
import io.sysmonflink.decode.SampleEvent;
import io.sysmonflink.decode.SampleShape;
import io.sysmonflink.decode.event.EventIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What may stand around an event, and what never is an event. */
class WrappersTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final SampleEvent EVENT =
      new SampleEvent(
          22,
          Instant.parse("2024-11-01T00:00:00.123Z"),
          "Microsoft-Windows-Sysmon",
          "Microsoft-Windows-Sysmon/Operational",
          "victim.example.com",
          4711,
          Map.of("QueryName", "example.com", "Image", "C:\\a.exe"));

  private static final String FORGED_XML =
      SampleShape.WINDOWS_XML.write(
          new SampleEvent(
              22, EVENT.time(), EVENT.provider(), EVENT.channel(), "forged", 1, Map.of()));

  private static final String FORGED_JSON =
      SampleShape.NXLOG.write(
          new SampleEvent(
              22, EVENT.time(), EVENT.provider(), EVENT.channel(), "forged", 1, Map.of()));

  /** How a record is put into another, and what the summary calls that. */
  enum Wrap {
    MESSAGE("message", true, false),
    LOG("log", true, false),
    RAW("_raw", true, false),
    BODY("body", true, true),
    PAYLOAD("payload", true, true),
    HEC("event", true, true),
    EVENT_TEXT("Event", true, false),
    RAW_DATA("raw_data", true, false),
    XML("xml", true, false),
    LINE("line", true, false),
    SYSLOG_MESSAGE("SyslogMessage", true, false),
    SYSTEM("System", true, false),
    SOURCE("_source", false, true),
    JSON_PAYLOAD("jsonPayload", false, true),
    DOCUMENT("document.data", false, true),
    RECORDS("records[]", true, true),
    RESULTS("results[]", true, true),
    HITS("hits.hits[]", true, true),
    LOG_EVENTS("logEvents[]", true, true);

    private final String place;
    private final boolean text;
    private final boolean object;

    Wrap(String place, boolean text, boolean object) {
      this.place = place;
      this.text = text;
      this.object = object;
    }

    /** Null where it cannot hold such a record. */
    String around(String record) {
      boolean isObject = record.startsWith("{");
      if (isObject ? !object && !text : !text) {
        return null;
      }
      ObjectNode outer = MAPPER.createObjectNode().put("host", "collector");
      String[] path = place.replace("[]", "").split("\\.", -1);
      ObjectNode target = outer;
      for (int i = 0; i < path.length - 1; i++) {
        target = target.putObject(path[i]);
      }
      String last = path[path.length - 1];
      if (place.endsWith("[]")) {
        target.putArray(last).add(value(record, isObject));
      } else {
        target.set(last, value(record, isObject));
      }
      return outer.toString();
    }

    private JsonNode value(String record, boolean isObject) {
      if (!isObject || !object) {
        return MAPPER.getNodeFactory().textNode(record);
      }
      try {
        return MAPPER.readTree(record);
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Property(tries = 300)
  void anEventInAnyShapeAndAnyWrappersGivesItsRow(
      @ForAll("events") SampleEvent event,
      @ForAll SampleShape shape,
      @ForAll @Size(max = 4) List<Wrap> wraps) {
    String record = shape.write(event);
    int depth = shape.label.split("/", -1).length - 1;
    for (Wrap wrap : wraps) {
      String outer = depth < 4 ? wrap.around(record) : null;
      record = outer == null ? record : outer;
      depth += outer == null ? 0 : 1;
    }
    Rows rows = Rows.of(record, EventIds.all());
    assertThat(rows.texts()).as("%s %s", rows.messages(), record).containsExactly(event.row());
    assertThat(rows.tally().records()).isEqualTo(1);
  }

  @Provide
  Arbitrary<SampleEvent> events() {
    return SampleEvent.any();
  }

  @Test
  void aFifthWrapperIsTooDeep() {
    String record = SampleShape.WINDOWS_XML.write(EVENT);
    for (int i = 0; i < 5; i++) {
      record = Wrap.MESSAGE.around(record);
    }
    assertThat(Rows.of(record, EventIds.all()).texts()).containsExactly("too_deep");
  }

  static Stream<SampleShape> eventShapes() {
    return Stream.of(SampleShape.values())
        .filter(shape -> !shape.label.contains("/") && !shape.label.equals("windows_xml"));
  }

  /** One host could report events in another's name. */
  @ParameterizedTest
  @MethodSource("eventShapes")
  void whatStandsInAnEventIsNoEvent(SampleShape shape) throws Exception {
    String written = shape.write(EVENT);
    List<String> keys =
        new ArrayList<>(
            List.of("event", "result", "properties", "hits", "records", "results", "logEvents"));
    JsonWrapper.ALL.forEach(wrapper -> keys.add(wrapper.path().get(0)));
    for (String key : keys) {
      for (String forged : List.of(FORGED_XML, FORGED_JSON)) {
        ObjectNode event = (ObjectNode) MAPPER.readTree(written);
        if (event.has(key)) {
          continue; // it is the shape's own
        }
        List<JsonNode> values = new ArrayList<>(List.of(MAPPER.getNodeFactory().textNode(forged)));
        values.add(MAPPER.createArrayNode().add(forged));
        if (forged.startsWith("{")) {
          values.add(MAPPER.readTree(forged));
          values.add(MAPPER.createArrayNode().add(MAPPER.readTree(forged)));
        }
        for (JsonNode value : values) {
          event.set(key, value);
          Rows rows = Rows.of(event.toString(), EventIds.all());
          assertThat(rows.texts()).as("%s in %s", value, key).containsExactly(EVENT.row());
        }
      }
    }
  }

  /** As an attacker's command line in a field, which every shape has. */
  @ParameterizedTest
  @EnumSource
  void noValueIsAnEvent(SampleShape shape) {
    for (String forged : List.of(FORGED_XML, FORGED_JSON, "\n" + FORGED_JSON, "x\n" + FORGED_XML)) {
      if (forged.startsWith("x") && shape.label.endsWith("windows_xml")) {
        continue; // escaped all the same, and covered by the first
      }
      SampleEvent event =
          new SampleEvent(
              22,
              EVENT.time(),
              EVENT.provider(),
              EVENT.channel(),
              EVENT.computer(),
              4711,
              Map.of("QueryName", "example.com", "Image", forged));
      assertThat(Rows.of(shape.write(event), EventIds.all()).texts())
          .as("%s", shape)
          .containsExactly(event.row());
    }
  }

  @Test
  void elasticsOriginalTellsMoreThanWhatWasMadeOfIt() throws Exception {
    ObjectNode event = (ObjectNode) MAPPER.readTree(SampleShape.WINLOGBEAT.write(EVENT));
    event.withObject("/event").put("original", FORGED_XML);
    assertThat(Rows.of(event.toString(), EventIds.all()).tally().shapes())
        .isEqualTo(Map.of("elastic_original/windows_xml", 1L));
    event.withObject("/event").put("original", FORGED_XML.substring(0, 100));
    assertThat(Rows.of(event.toString(), EventIds.all()).texts()).containsExactly(EVENT.row());
    event.withObject("/event").put("original", FORGED_JSON);
    assertThat(Rows.of(event.toString(), EventIds.all()).texts()).containsExactly(EVENT.row());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"message":"GET /?q=X HTTP/1.1"}                 | no_event_id
          {"message":"see X"}                              | no_event_id
          {"message":"X X"}                                | not_an_event
          {"message":"{\\"a\\":1}","_raw":"X"}             | 22
          {"message":"<Event>","log":"X"}                  | 22
          {"payload":{"a":1},"body":"X"}                   | 22
          {"event":{"code":"22"},"message":"X"}            | 22
          {"records":[]}                                   | no_event_id
          {"records":{"message":"X"}}                      | no_event_id
          {"EventID":"no number","message":"X"}            | no_event_id
          """)
  void whatDoesNotReadIsTriedFurtherOut(String record, String expected) {
    String xml = MAPPER.getNodeFactory().textNode(FORGED_XML).toString();
    String filled = record.replace("X", xml.substring(1, xml.length() - 1));
    assertThat(Rows.of(filled, EventIds.all()).texts())
        .singleElement()
        .asString()
        .startsWith(expected);
  }

  @Test
  void eachRecordOfAListIsOne() {
    String list =
        "{\"records\": [ %s, 7 ,{\"x\" : 1}, \"rubbish\", %s,{\"EventID\":1}, {\"records\":[%s]}]}"
            .formatted(
                SampleShape.NXLOG.write(EVENT),
                MAPPER.getNodeFactory().textNode(SampleShape.WINDOWS_XML.write(EVENT)),
                SampleShape.WINLOGBEAT.write(EVENT));
    Rows rows = Rows.of(list + "\n" + list, EventIds.of(Set.of(22)));
    List<String> once =
        List.of(
            EVENT.row(), "not_an_event", "no_event_id", "not_an_event", EVENT.row(), EVENT.row());
    assertThat(rows.texts()).isEqualTo(Stream.of(once, once).flatMap(List::stream).toList());
    assertThat(rows.tally().records()).isEqualTo(14);
    assertThat(rows.tally().skipped()).isEqualTo(Map.of("1", 2L));
    assertThat(rows.tally().deadLetterCount()).isEqualTo(6);
    assertThat(rows.tally().shapes())
        .containsOnlyKeys("records/nxlog", "records/windows_xml", "records/records/winlogbeat");
    assertThat(rows.payloads().subList(0, 3)).containsExactly("7", "{\"x\" : 1}", "\"rubbish\"");
    byte[] b = list.getBytes(StandardCharsets.UTF_8);
    assertThat(rows.positions().subList(0, 3))
        .as("of these bytes in the file")
        .isEqualTo(
            Stream.of(" 7 ,", "{\"x\"", "\"rubbish\"")
                .map(text -> (long) new String(b, StandardCharsets.ISO_8859_1).indexOf(text))
                .map(at -> at + (list.charAt(at.intValue()) == ' ' ? 1 : 0))
                .toList());
  }
}
