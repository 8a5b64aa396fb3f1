package io.sysmonflink.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an event says does not depend on the shape that it comes in, nor on its neighbours. */
class AnyShapeTest {

  /** Records that nobody can read, each one dead letter wherever it stands on a line of its own. */
  private static final List<String> BAD =
      List.of(
          "rubbish",
          "{\"EventID\":22",
          "{\"EventID\":22,}",
          "{\"EventID\":22,\"EventID\":22}",
          "{\"message\":\"\\\"EventID\\\":22\"}",
          "{\"result\":{\"_raw\":\"<Event><System>\"}}",
          "{\"event\":\"{}{}\"}",
          "<Event><System></Event>",
          "<Event>",
          "<Event><System><EventID>22</EventID></System><EventData>",
          "</Event>",
          "<!DOCTYPE x [<!ENTITY y 'z'>]>");

  /** A line: an event in a shape, or the index of a bad record. */
  record Line(SampleShape shape, SampleEvent event, int bad) {

    String text() {
      return event == null ? BAD.get(bad) : shape.write(event);
    }
  }

  @Property(tries = 300)
  void anEventInAnyShapeGivesTheSameRow(@ForAll("events") SampleEvent event) {
    for (SampleShape shape : SampleShape.values()) {
      String text = shape.write(event);
      Rows rows = Rows.of(text, EventIds.all());
      assertThat(rows.texts())
          .as("%s: %s %s", shape, text, rows.messages())
          .containsExactly(event.row());
      assertThat(rows.tally().shapes()).isEqualTo(Map.of(shape.label, 1L));
    }
  }

  /** In every shape but those that hold UtcTime alone, the samples have another time there. */
  @ParameterizedTest
  @EnumSource
  void utcTimeCountsWhereTheTableSaysSo(SampleShape shape) {
    Instant time = Instant.parse("2024-11-01T00:00:00.123Z");
    SampleEvent event =
        new SampleEvent(22, time, "Microsoft-Windows-Sysmon", "c", "h", 1, Map.of());
    byte[] text = shape.write(event).getBytes(StandardCharsets.UTF_8);
    String log = Rows.of(text, EventIds.all(), TimeFrom.LOG, 100).texts().get(0);
    String utc = Rows.of(text, EventIds.all(), TimeFrom.UTC_TIME, 100).texts().get(0);
    assertThat(log).contains("|" + time + "|");
    boolean alone =
        Set.of("sentinel", "fluent_bit", "powershell", "splunk_export/splunk_hec/nxlog", "nxlog")
            .contains(shape.label);
    assertThat(utc).contains(alone ? "|" + time + "|" : ":57.323Z|");
  }

  @Test
  void anEventWithoutUtcTimeHasTheTimeOfItsLog() {
    String event =
        "<Event><System><EventID>22</EventID><TimeCreated SystemTime='2024-11-01T00:00:01Z'/>"
            + "</System><EventData/></Event>";
    assertThat(
            Rows.of(event.getBytes(StandardCharsets.UTF_8), EventIds.all(), TimeFrom.UTC_TIME, 100)
                .texts())
        .allMatch(row -> row.startsWith("22|2024-11-01T00:00:01Z|"));
  }

  @Property(tries = 300)
  void everyRecordIsARowADeadLetterOrACountedDrop(
      @ForAll("lines") @Size(max = 30) List<Line> lines,
      @ForAll @IntRange(min = 50, max = 3_000) int blockSize) {
    StringBuilder log = new StringBuilder();
    List<String> expected = new ArrayList<>();
    Map<String, Long> skipped = new TreeMap<>();
    long dead = 0;
    for (Line line : lines) {
      log.append(line.text()).append('\n');
      if (line.event() == null) {
        dead++;
        // Between two bad records, or the two would be one.
        log.append("<Event><System><EventID>7</EventID></System></Event>\n");
        skipped.merge("7", 1L, Long::sum);
      } else if (line.event().id() == 22) {
        expected.add(line.event().row());
      } else {
        skipped.merge(String.valueOf(line.event().id()), 1L, Long::sum);
      }
    }
    Rows rows =
        Rows.of(
            log.toString().getBytes(StandardCharsets.UTF_8),
            EventIds.of(Set.of(22)),
            TimeFrom.LOG,
            blockSize);
    new PlainAndFast(EventIds.of(Set.of(22))).requireSame(log.toString());
    List<String> labels = Arrays.stream(ErrorType.values()).map(ErrorType::label).toList();
    assertThat(rows.texts()).filteredOn(text -> !labels.contains(text)).isEqualTo(expected);
    assertThat(rows.tally().skipped()).isEqualTo(skipped);
    assertThat(rows.tally().deadLetterCount()).as(log.toString()).isEqualTo(dead);
    assertThat(rows.tally().records()).isEqualTo(expected.size() + dead + sum(skipped));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Provide
  Arbitrary<SampleEvent> events() {
    return SampleEvent.any();
  }

  @Provide
  Arbitrary<List<Line>> lines() {
    Arbitrary<Line> good =
        Combinators.combine(Arbitraries.of(SampleShape.class), SampleEvent.any())
            .as((shape, event) -> new Line(shape, event, -1));
    Arbitrary<Line> bad =
        Arbitraries.integers().between(0, BAD.size() - 1).map(i -> new Line(null, null, i));
    return Arbitraries.frequencyOf(Tuple.of(4, good), Tuple.of(1, bad)).list();
  }
}
