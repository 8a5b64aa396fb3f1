package io.sysmonflink.decode.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordFramerTest {

  private static final int MAX = 1_000;

  private static final String A = "<Event xmlns='x'>a</Event>";
  private static final String B = "<Event>b</Event>";

  static Stream<Arguments> inputs() {
    return Stream.of(
        arguments("nothing", "", List.of()),
        arguments("blank", " \r\n\t\n", List.of()),
        arguments("one a line", A + "\n" + B + "\n", List.of("XML " + A, "XML " + B)),
        arguments("no line between", A + B, List.of("XML " + A, "XML " + B)),
        arguments("crlf, no end of line", A + "\r\n" + B, List.of("XML " + A, "XML " + B)),
        arguments(
            "over lines",
            "<Event>\n <System>\n {x}\n</System>\n</Event>\n",
            List.of("XML <Event>\n <System>\n {x}\n</System>\n</Event>")),
        arguments(
            "wrappers of exports",
            "\uFEFF<?xml version=\"1.1\" encoding=\"utf-8\" standalone=\"yes\" ?>\r\n\r\n"
                + "<Events>\n"
                + A
                + "\n</Events>",
            List.of("XML " + A)),
        arguments("evtxexport's banner", "evtxexport 20181227\n\n" + A, List.of("XML " + A)),
        arguments(
            "copied from a browser",
            "- " + A + "\n-\n" + A,
            List.of("XML " + A, "not_an_event -", "XML " + A)),
        arguments(
            "an event's other tags",
            "<Event><EventData/><EventID>1</EventID></Event>",
            List.of("XML <Event><EventData/><EventID>1</EventID></Event>")),
        arguments(
            "valid json without indentation",
            "{\n\"a\": {\n\"b\": [\n{\n\"c\": 1\n},\n{\n}\n]\n}\n}\n{}\n",
            List.of("JSON {\n\"a\": {\n\"b\": [\n{\n\"c\": 1\n},\n{\n}\n]\n}\n}", "JSON {}")),
        arguments(
            "valid json whose line ends with a brace",
            "{\"a\":{},\n\"b\":{}\n}\n{\"c\":[{},\n{}]}\n{\"d\":{}\n\n   ,\"e\":1}\n{}",
            List.of(
                "JSON {\"a\":{},\n\"b\":{}\n}",
                "JSON {\"c\":[{},\n{}]}",
                "JSON {\"d\":{}\n\n   ,\"e\":1}",
                "JSON {}")),
        arguments(
            "json cut off in a list, whose next object would fit",
            "{\"a\":[{},\n{\"b\":1}\n{\"c\":2}\n",
            List.of("JSON {\"a\":[{}", "JSON {\"b\":1}", "JSON {\"c\":2}")),
        arguments(
            "syslog before xml",
            "Nov 20 09:15:31 h sysmon[1]: " + A + "\n<14>1 2024 h [x@1 y=\"{z}\"] " + A + "\n",
            List.of(
                "FRAMING Nov 20 09:15:31 h sysmon[1]:",
                "XML " + A,
                "FRAMING <14>1 2024 h [x@1 y=\"{z}\"]",
                "XML " + A)),
        arguments(
            "syslog before json",
            "<14>Nov 20 h x: @cee: {\"a\":1}\n2024 Nov 20 (h) any->x { \"b\":{}}\n",
            List.of(
                "FRAMING <14>Nov 20 h x: @cee:",
                "JSON {\"a\":1}",
                "FRAMING 2024 Nov 20 (h) any->x",
                "JSON { \"b\":{}}")),
        arguments(
            "syslog before records cut off",
            "h: <Event>x\nh: {\"a\":\nh: {\"b\":1}\nh: <Event>y\n" + A,
            List.of(
                "FRAMING h:",
                "truncated <Event>x",
                "FRAMING h:",
                "truncated {\"a\":",
                "FRAMING h:",
                "JSON {\"b\":1}",
                "FRAMING h:",
                "truncated <Event>y",
                "XML " + A)),
        arguments(
            "a header before json that is cut off, and one that is whole behind more lines",
            "h: {\"a\":{\nh: {\"b\":1}\n}\n{}",
            List.of(
                "FRAMING h:",
                "truncated {\"a\":{",
                "FRAMING h:",
                "JSON {\"b\":1}",
                "not_an_event }",
                "JSON {}")),
        arguments(
            "text between events on a line",
            A + " x " + A + " y\n" + A,
            List.of("XML " + A, "FRAMING x", "XML " + A, "not_an_event y", "XML " + A)),
        arguments(
            "text that only looks like an object's",
            "GUID: {A23EAE89} {} {x\nbye {\n" + A,
            List.of("not_an_event GUID: {A23EAE89} {} {x\nbye {", "XML " + A)),
        arguments(
            "what begins like a record or goes on with one is no header",
            "<Eve> " + A + "\n\"x\": {\"a\":1}\n</Event> " + A,
            List.of(
                "not_an_event <Eve>",
                "XML " + A,
                "not_an_event \"x\": {\"a\":1}\n</Event>",
                "XML " + A)),
        arguments(
            "text longer than a header",
            "x".repeat(EventStarts.MAX_FRAMING + 1) + A + "\nh: " + A,
            Stream.concat(
                    Stream.concat(
                        Stream.of("not_an_event " + "x".repeat(MAX)),
                        Collections.nCopies(
                            (EventStarts.MAX_FRAMING + 1) / MAX - 1,
                            "not_an_event+ " + "x".repeat(MAX))
                            .stream()),
                    Stream.of(
                        "not_an_event+ " + "x".repeat((EventStarts.MAX_FRAMING + 1) % MAX),
                        "XML " + A,
                        "FRAMING h:",
                        "XML " + A))
                .toList()),
        arguments(
            "json lines", "{\"a\":1}\n{\"b\":{}}", List.of("JSON {\"a\":1}", "JSON {\"b\":{}}")),
        arguments(
            "json with an event as text",
            "{\"a\":\"<Event>\"}\n" + A,
            List.of("JSON {\"a\":\"<Event>\"}", "XML " + A)),
        arguments(
            "json after xml on its line",
            A + " {\"a\":1}\n",
            List.of("XML " + A, "JSON {\"a\":1}")),
        arguments(
            "array, an object a line",
            "[{\"a\":1},\n{\"b\":2}]\n",
            List.of("JSON {\"a\":1}", "JSON {\"b\":2}")),
        arguments(
            "json over lines",
            "{\n  \"a\": [\n    {\n    }\n  ]\n}\n{}\n",
            List.of("JSON {\n  \"a\": [\n    {\n    }\n  ]\n}", "JSON {}")),
        arguments(
            "indented array over lines",
            "[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n",
            List.of("JSON {\n    \"a\": 1\n  }", "JSON {\n    \"a\": 2\n  }")),
        arguments(
            "array on one line",
            "[{\"a\":\"}{\"},{\"b\":{}}, {\"c\":[{},{}]}]\n",
            List.of("JSON {\"a\":\"}{\"}", "JSON {\"b\":{}}", "JSON {\"c\":[{},{}]}")),
        arguments(
            "two on a line, then rubbish",
            "{\"a\":1}{\"b\":2} x\n{\"c\":3}",
            List.of("JSON {\"a\":1}", "JSON {\"b\":2}", "not_an_event x", "JSON {\"c\":3}")),
        arguments(
            "one that does not parse between two on a line",
            "[{\"a\":1},{\"b\"},{\"c\":3}]",
            List.of("JSON {\"a\":1}", "JSON {\"b\"}", "JSON {\"c\":3}")),
        arguments(
            "array on one line, one cut off",
            "[{\"a\":1},{\"b\":{},{\"c\":3}]\n{\"d\":4}",
            List.of("JSON {\"a\":1}", "JSON {\"b\":{},{\"c\":3}", "JSON {\"d\":4}")),
        arguments(
            "array on a line longer than a record",
            "[" + ("{\"a\":\"" + "x".repeat(300) + "\"},").repeat(5) + "{}]",
            Stream.concat(
                    Collections.nCopies(5, "JSON {\"a\":\"" + "x".repeat(300) + "\"}").stream(),
                    Stream.of("JSON {}"))
                .toList()),
        arguments(
            "array over lines, brackets and braces on the same line",
            "[{\n  \"a\": 1\n}, {\n  \"b\":\n  {\n  } }]",
            List.of("JSON {\n  \"a\": 1\n}", "JSON {\n  \"b\":\n  {\n  } }")),
        arguments(
            "json over lines with a quote too few",
            "{\n  \"a: {\n}\n{}",
            List.of("JSON {\n  \"a: {\n}", "JSON {}")),
        arguments(
            "evtx_dump's banners",
            "Record 1\n{\n  \"a\": {}\n}\nRecord 2\n<?xml version=\"1.0\"?>\n" + A,
            List.of("JSON {\n  \"a\": {}\n}", "XML " + A)),
        arguments(
            "xml cut off by the next", "<Event>x\n" + A, List.of("truncated <Event>x", "XML " + A)),
        arguments(
            "xml cut off on its line", "<Event>x" + A, List.of("truncated <Event>x", "XML " + A)),
        arguments(
            "xml cut off by json",
            "<Event>x\n{\"a\":1}\n<Event>y",
            List.of("truncated <Event>x", "JSON {\"a\":1}", "truncated <Event>y")),
        arguments(
            "json cut off",
            "{\"a\":\n{\"b\":1}\n{\"c\"",
            List.of("truncated {\"a\":", "JSON {\"b\":1}", "truncated {\"c\"")),
        arguments(
            "json over lines cut off",
            "{\n  \"a\": {\n    \"b\"\n{\"b\":1}\n",
            List.of("truncated {\n  \"a\": {\n    \"b\"", "JSON {\"b\":1}")),
        arguments(
            "rubbish",
            "hello\nworld\n" + A + "\nbye",
            List.of("not_an_event hello\nworld", "XML " + A, "not_an_event bye")),
        arguments(
            "an end tag alone", "</Event>\n" + A, List.of("not_an_event </Event>", "XML " + A)),
        arguments(
            "a document type",
            "<!DOCTYPE x [<!ENTITY a 'b'>]>\n" + A,
            List.of("dtd <!DOCTYPE x [<!ENTITY a 'b'>]>", "XML " + A)),
        arguments(
            "large xml",
            "<Event>" + "x".repeat(MAX) + "</Event>\n" + A,
            List.of(
                "too_large <Event>" + "x".repeat(MAX - 7),
                "too_large+ xxxxxxx</Event>",
                "XML " + A)),
        arguments(
            "large json",
            "{\"a\":\"<Event>" + "x".repeat(MAX) + "\"}\n{}",
            List.of(
                "too_large {\"a\":\"<Event>" + "x".repeat(MAX - 13),
                "too_large+ xxxxxxxxxxxxx\"}",
                "JSON {}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void frames(String name, String input, List<String> expected) {
    assertThat(Frames.of(input, MAX)).map(Object::toString).containsExactlyElementsOf(expected);
    for (int step = 1; step <= 40; step++) {
      assertThat(Frames.of(input, MAX, step))
          .as("in steps of %d", step)
          .isEqualTo(Frames.of(input, MAX));
    }
  }

  @Property(tries = 2_000)
  void framesDoNotDependOnTheView(
      @ForAll("logs") String log, @ForAll @IntRange(min = 1, max = 700) int step) {
    assertThat(Frames.of(log, 512, step)).isEqualTo(Frames.of(log, 512));
  }

  @Property(tries = 2_000)
  void framesDoNotDependOnTheCuts(
      @ForAll("logs") String log, @ForAll @IntRange(min = 1, max = 900) int splitSize)
      throws IOException {
    byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
    List<Frames.Frame> frames = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += splitSize) {
      int to = Math.min(bytes.length, from + splitSize);
      SafeCut.Part part = SafeCut.part(new ByteArrayFile(bytes), from, to, bytes.length, 512);
      int start = (int) part.start();
      String text = new String(bytes, start, (int) part.end() - start, StandardCharsets.UTF_8);
      Frames.of(text, 512).stream()
          .map(frame -> new Frames.Frame(frame.label(), frame.position() + start, frame.text()))
          .forEach(frames::add);
    }
    assertThat(frames).isEqualTo(Frames.of(log, 512));
  }

  @Property(tries = 2_000)
  void noByteIsLostThatIsNotBlankOrAWrapper(@ForAll("logs") String log) {
    StringBuilder rest = new StringBuilder(log);
    List<Frames.Frame> frames = Frames.of(log, 512);
    for (int i = frames.size() - 1; i >= 0; i--) {
      int start = (int) frames.get(i).position();
      rest.delete(start, start + frames.get(i).text().length());
    }
    assertThat(rest.toString().replaceAll("</?Events>|<\\?xml \\?>|Record 1|[-\\[\\],\\s]", ""))
        .isEmpty();
  }

  @Test
  void cutsBetweenEventsNotAtTheEndOfTheFile() throws IOException {
    byte[] bytes = (A + "\n" + A + "\n{\"a\":1}\n").getBytes(StandardCharsets.UTF_8);
    assertThat(cut(bytes, 1)).isEqualTo(A.length() + 1);
    assertThat(cut(bytes, A.length() + 2)).isEqualTo(2 * (A.length() + 1));
  }

  /** Records, good and bad, and the pieces that records are made of, in any order. */
  @Provide
  Arbitrary<String> logs() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            A,
            B,
            A + "\n",
            B + "\r\n",
            "{\"a\":1}\n",
            "{\"a\":\"<Event>\"}\n",
            "{\"a\":[{},{}]}",
            "[{\"a\":1},{\"b\":\"}{\"}]\n",
            "{\n  \"a\": {} }, {\n",
            "{\n\"a\": [\n{\n},\n{\"b\":{}\n}\n]\n}\n",
            "{\"a\":{},\n",
            "\"b\":1\n",
            ":",
            "\nNov 20 h: ",
            "\n<14>h ",
            "\n{\"a\":[",
            "\n},\n{",
            "z".repeat(9000),
            "\\\"",
            "},{",
            "Record 1\n",
            "\n{\n  \"a\": 1\n}\n",
            "<Event>",
            "<Event ",
            "</Event>",
            "<EventData>",
            "<Eve",
            "nt>",
            "<",
            "{",
            "}",
            "{\n",
            "\n{",
            "\n  {\n",
            "\n  }\n",
            "\n}\n",
            "\"",
            "\n",
            "\r\n",
            " ",
            "   ",
            "[",
            "]",
            ",",
            "<Events>",
            "</Events>",
            "<?xml ?>",
            "<!DOCTYPE x>",
            "text",
            "\n- ",
            "x".repeat(200),
            "y".repeat(300) + "\n",
            " ".repeat(90),
            " ".repeat(600));
    return pieces.list().ofMaxSize(40).map(list -> String.join("", list));
  }

  private static int cut(byte[] bytes, int from) throws IOException {
    return (int) SafeCut.atOrAfter(new ByteArrayFile(bytes), from, bytes.length, 512);
  }
}
