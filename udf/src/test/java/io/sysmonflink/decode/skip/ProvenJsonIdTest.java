package io.sysmonflink.decode.skip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.PlainParsers;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.parse.json.JsonEventParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An id that is told without parsing is the one that parsing tells, in objects made of the names
 * that ids have, in any order and depth. Bytes of any kind are for {@code DecoderFuzzTest}.
 */
public class ProvenJsonIdTest {

  private static final JsonEventParser PARSER = PlainParsers.json();

  @Property(tries = 30_000)
  void aProvenIdIsTheId(@ForAll("objects") String object) {
    int proven = proven(object);
    int parsed = parsed(object);
    if (proven != EventIds.NOT_AN_ID) {
      assertThat(parsed).isIn(proven, EventIds.NOT_AN_ID);
    }
    Statistics.label("proven")
        .collect(proven != EventIds.NOT_AN_ID && parsed == proven)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 0.5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "event":{"code":"7","kind":"event"},"winlog":{"event_id":7}               | 7
          "event":{"action":"x","code":7},"winlog":{"event_id":"7"}                 | 7
          "event":{"code":"22"},"winlog":{"event_id":"7"}                           | -1
          "event":{"a":{"code":"7"},"code":22},"winlog":{},"b":{"event_id":7}       | -1
          "event":{"a":"}","code":"7"},"winlog":{"event_id":7}                      | 7
          "event":{"kind":"event"},"winlog":{"event_id":7}                          | 7
          "event":{"kind":"event"},"winlog":{"event_id":7},"a":{"code":"x"}         | -1
          "event":"code","winlog":{"event_id":7}                                    | -1
          "b":{"event":{"code":7}},"event":{"code":22},"c":{"event_id":7}           | -1
          "EventID":7,"a":"code"                                                    | 7
          "EventID":7,"EventType":"event","b":{"code":22}                           | 7
          """)
  void tellsTheIdWhereItCanBeNoOther(String members, int id) {
    assertThat(proven("{" + members + "}")).isEqualTo(id);
  }

  /** Objects as Winlogbeat writes them, and not quite. */
  @Provide
  Arbitrary<String> objects() {
    Arbitrary<String> inner = object(Arbitraries.oneOf(scalars(), object(scalars())));
    Arbitrary<String> members =
        Arbitraries.oneOf(
            member(Arbitraries.of("event", "winlog", "a"), inner), member(names(), scalars()));
    return object(members, 4);
  }

  private static Arbitrary<String> object(Arbitrary<String> values) {
    return object(member(names(), values), 2);
  }

  private static Arbitrary<String> object(Arbitrary<String> members, int size) {
    return members
        .list()
        .uniqueElements(member -> member.substring(0, member.indexOf('"', 1)))
        .ofMaxSize(size)
        .map(list -> "{" + String.join(",", list) + "}");
  }

  private static Arbitrary<String> member(Arbitrary<String> names, Arbitrary<String> values) {
    return Combinators.combine(names, Arbitraries.of(":", ":", " : "), values)
        .as((name, colon, value) -> '"' + name + '"' + colon + value);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.of("code", "event_id")),
        Tuple.of(2, Arbitraries.of("event", "EventID", "winlog", "a")),
        Tuple.of(
            1, Arbitraries.of("c\\u006fde", "\\u0065vent", "e\\u0076ent_id", "Event", "intent")));
  }

  private static Arbitrary<String> scalars() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.of("7", "\"7\"", "22")),
        Tuple.of(
            1,
            Arbitraries.of(
                "\"event\"",
                "\"code\"",
                "\"}\"",
                "\"{\"",
                "\",\\\"code\\\":22\"",
                "null",
                "[]",
                "[{\"code\":22}]")));
  }

  private static int proven(String object) {
    ProvenJsonId id = new ProvenJsonId();
    byte[] b = object.getBytes(StandardCharsets.UTF_8);
    id.reset(b, b.length);
    return id.of(0, b.length);
  }

  private static int parsed(String object) {
    byte[] b = object.getBytes(StandardCharsets.UTF_8);
    return parsed(b, 0, b.length);
  }

  /** The id of the object in {@code b[from, to)} as Jackson reads it; of a bad one, none. */
  public static int parsed(byte[] b, int from, int to) {
    EventFields event = new EventFields(new EventColumns(List.of("UtcTime"), Set.of()));
    event.clear();
    try {
      PARSER.parse(b, from, to, EventIds.of(Set.of()), event);
      return event.eventCode();
    } catch (BadRecordException e) {
      return EventIds.NOT_AN_ID;
    }
  }
}
