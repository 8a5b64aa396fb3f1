package io.sysmonflink.decode.skip;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.Rows;
import io.sysmonflink.decode.SampleEvent;
import io.sysmonflink.decode.SampleShape;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import io.sysmonflink.decode.row.ScanTally;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A prefilter takes away the events that meet none of its alternatives, and nothing else. */
class PrefilterTest {

  private static final DecodingSettings SETTINGS =
      DecodingSettings.of(Rows.TYPE, EventIds.all(), 1 << 20, TimeFrom.LOG);

  /** An alternative as the option has it; no ids means any. */
  record Alternative(List<Integer> ids, Map<String, List<String>> patterns) {

    Map<String, Object> toMap() {
      Map<String, Object> map = new HashMap<>(patterns);
      if (!ids.isEmpty()) {
        map.put("EventCode", ids);
      }
      return map;
    }

    /** The plain twin: regular expressions over the event as it was before it was written. */
    boolean takes(SampleEvent event) {
      return (ids.isEmpty() || ids.contains(event.id()))
          && patterns.entrySet().stream()
              .allMatch(
                  column ->
                      column.getValue().stream()
                          .anyMatch(pattern -> matches(value(event, column.getKey()), pattern)));
    }

    private static String value(SampleEvent event, String column) {
      return switch (column) {
        case "Computer" -> event.computer();
        case "Channel" -> event.channel();
        case "Provider" -> event.provider();
        default -> event.data().getOrDefault(column, "");
      };
    }

    private static boolean matches(String value, String pattern) {
      String regex =
          Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(joining(".*"));
      int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
      return !value.isEmpty() && Pattern.compile(regex, flags).matcher(value).matches();
    }
  }

  @Property(tries = 500)
  void onlyEventsThatMeetNoAlternativeGo(
      @ForAll("events") @Size(min = 1, max = 12) List<SampleEvent> events,
      @ForAll("alternatives") @Size(min = 1, max = 4) List<Alternative> alternatives,
      @ForAll SampleShape shape)
      throws JsonProcessingException {
    // What is bad stays: the prefilter asks events only.
    String log =
        events.stream().map(shape::write).collect(joining("\n", "rubbish\n", "\n<Event>\n"));
    Rows all = rows(log, "");
    Rows some = rows(log, json(alternatives));

    List<String> taken =
        events.stream()
            .filter(event -> alternatives.stream().anyMatch(one -> one.takes(event)))
            .map(SampleEvent::row)
            .toList();
    Statistics.collect(taken.isEmpty() ? "none" : taken.size() < events.size() ? "some" : "all");
    assertThat(some.texts().subList(1, some.texts().size() - 1)).isEqualTo(taken);
    assertThat(some.messages()).isEqualTo(all.messages()).hasSize(2);
    assertThat(counts(some.tally())).isEqualTo(counts(all.tally()));
  }

  /** Of few letters, and many of one layout, so that patterns hit. */
  @Provide
  Arbitrary<List<SampleEvent>> events() {
    return SampleEvent.any().list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Alternative>> alternatives() {
    Arbitrary<String> pattern =
        Arbitraries.strings().withChars("aZ9\\ß.<&").ofMaxLength(2).map(text -> "*" + text + "*");
    Arbitrary<String> columns =
        Arbitraries.of("QueryName", "QueryResults", "Image", "Computer", "Channel", "Provider");
    Arbitrary<Map<String, List<String>>> patterns =
        Arbitraries.maps(columns, pattern.list().ofMinSize(1).ofMaxSize(3)).ofMaxSize(2);
    return Combinators.combine(Arbitraries.of(22, 1, 0).list().ofMaxSize(2), patterns)
        .as(Alternative::new)
        .list()
        .ofMaxSize(4);
  }

  /** More patterns for one column than are looked for in one pass, of more than one alternative. */
  @Test
  void manyDetectionsAskForTheSameColumn() throws JsonProcessingException {
    List<Alternative> many =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(
                i -> new Alternative(List.of(22), Map.of("QueryName", List.of("*n" + i + ".*"))))
            .toList();
    StringBuilder log = new StringBuilder();
    for (int i = 90; i < 110; i++) {
      log.append(
          "{\"EventID\":22,\"UtcTime\":\"2024-11-01 00:00:00\",\"QueryName\":\"www.N%d.net\"}\n"
              .formatted(i));
    }
    assertThat(rows(log.toString(), json(many)).texts())
        .hasSize(10)
        .allMatch(row -> row.matches(".*www\\.N9\\d\\.net.*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          [{"QueryName":["*x*"]]                       | is to be JSON: Unexpected close marker
          [{"QueryName":["x"],"QueryName":["y"]}]      | is to be JSON: Duplicate field 'QueryName'
          [] []                                        | is to be JSON: Trailing token
          []                                           | is to be an array of objects, not '[]'
          {"QueryName":["*x*"]}                        | is to be an array of objects, not '{"QueryName":["*x*"]}'
          [22]                                         | is to be an array of objects, not '[22]'
          [{"EventCode":22}]                           | EventCode is to be an array of event ids, not '22'
          [{"EventCode":["22"]}]                       | EventCode is to be an array of event ids, not '["22"]'
          [{"EventCode":[70000]}]                      | an event id is a number from 0 to 65535, not 70000
          [{"QueryName":"*x*"}]                        | QueryName is to be an array of patterns, not '"*x*"'
          [{"QueryName":[""]}]                         | QueryName is to be an array of patterns, none of them empty, not '[""]'
          """)
  void whatIsWrittenOtherwiseIsTold(String json, String message) {
    assertThatThrownBy(() -> Prefilter.parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource({"ParentImage", "position", "error_type", "_time", "RecordId"})
  void onlyTextsOfTheEventCanBeAskedFor(String column) {
    Prefilter prefilter = Prefilter.parse("[{\"%s\":[\"*\"]}]".formatted(column));
    assertThatThrownBy(() -> SETTINGS.with(prefilter))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "option 'prefilter': %s is to be a column of the table: a field of EventData, or one of [Channel, Computer, Provider]"
                .formatted(column));
  }

  private static String json(List<Alternative> alternatives) throws JsonProcessingException {
    return new ObjectMapper()
        .writeValueAsString(alternatives.stream().map(Alternative::toMap).toList());
  }

  private static Rows rows(String log, String prefilter) {
    return Rows.of(
        log.getBytes(StandardCharsets.UTF_8), SETTINGS.with(Prefilter.parse(prefilter)), 1 << 20);
  }

  private static List<Object> counts(ScanTally tally) {
    return Arrays.asList(
        tally.records(),
        tally.decoded(),
        tally.skipped(),
        tally.deadLetters(),
        tally.shapes(),
        tally.providers(),
        tally.oldest(),
        tally.newest());
  }
}
