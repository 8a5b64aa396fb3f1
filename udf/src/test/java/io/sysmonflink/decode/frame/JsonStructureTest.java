package io.sysmonflink.decode.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where an object ends is where Jackson says, however it is laid out; what is none, Jackson
 * refuses.
 */
class JsonStructureTest {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern TOKENS =
      Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"|[-+.0-9A-Za-z]+");

  private final JsonStructure structure = new JsonStructure();

  @Property(tries = 1_000)
  void aValidObjectEndsWithItsLastBrace(@ForAll("objects") String object) {
    assertThat(end(object)).isEqualTo(object.length());
    assertThat(end(object + "x")).isEqualTo(object.length());
    assertThat(end(object + "}")).isEqualTo(object.length());
    for (int to = 1; to < object.length(); to += 1 + to / 7) {
      assertThat(end(object.substring(0, to))).isEqualTo(JsonStructure.UNFINISHED);
    }
  }

  /**
   * Whatever is called whole Jackson reads, unless a word in it is none; and the other way round.
   */
  @Property(tries = 5_000)
  void agreesWithJacksonOnWhatIsBroken(
      @ForAll("objects") String object,
      @ForAll @IntRange(min = 0, max = 1_000) int at,
      @ForAll("pieces") String piece) {
    int from = at % object.length();
    String broken =
        object.substring(0, from) + piece + object.substring(Math.min(object.length(), from + 1));
    if (!broken.startsWith("{")) {
      return;
    }
    int end = end(broken);
    String seen = end > 0 ? broken.substring(0, end) : broken;
    assertThat(end > 0).as(broken).isEqualTo(isJson(seen));
  }

  /** As Jackson sees it, where every word is a number and every string is a plain one. */
  private static boolean isJson(String text) {
    String plain =
        TOKENS.matcher(text).replaceAll(token -> token.group().startsWith("\"") ? "\"s\"" : "1");
    try {
      MAPPER.readTree(plain);
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1{        | -1
          {"a" "b"       | -1
          {"a":1,}       | -1
          {,             | -1
          {1             | -1
          {"a":[1,]      | -1
          {"a":[}        | -1
          {"a":{]        | -1
          {"a"}          | -1
          {"a":,         | -1
          {"a":"b        | -2
          {"a":"b\\    | -2
          {"a":tru       | -2
          {"a":[[]       | -2
          """)
  void tellsBrokenFromUnfinished(String text, int end) {
    assertThat(end(text)).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({"79, -2", "80, -1"})
  void whatIsTooDeepForAnyEventIsBroken(int lists, int end) {
    assertThat(end("{\"a\":" + "[".repeat(lists))).isEqualTo(end);
  }

  private int end(String text) {
    return structure.end(text, 0, text.length());
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
        "", "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "1", "x", " ", "}\n{", "],");
  }

  /** With any white space between the tokens. */
  @Provide
  Arbitrary<String> objects() {
    return object(2);
  }

  private static Arbitrary<String> object(int depth) {
    Arbitrary<String> members =
        Combinators.combine(blanks(), strings(), blanks(), blanks(), value(depth), blanks())
            .as((a, name, b, c, value, d) -> a + name + b + ":" + c + value + d);
    return members.list().ofMaxSize(3).map(list -> "{" + String.join(",", list) + "}");
  }

  private static Arbitrary<String> value(int depth) {
    Arbitrary<String> scalar =
        Arbitraries.oneOf(strings(), Arbitraries.of("1", "-2.5e3", "true", "false", "null"));
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<String> list =
        Combinators.combine(value(depth - 1).list().ofMaxSize(3), blanks())
            .as(
                (List<String> values, String blank) ->
                    "[" + blank + String.join("," + blank, values) + "]");
    return Arbitraries.oneOf(scalar, list, object(depth - 1));
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.of("\"\"", "\"a\"", "\"}{\"", "\"\\\"\"", "\"\\\\\"", "\"],:\"", "\"\\n\"");
  }

  private static Arbitrary<String> blanks() {
    return Arbitraries.of("", "", " ", "\n", "\n  ", "\r\n", "\t");
  }
}
