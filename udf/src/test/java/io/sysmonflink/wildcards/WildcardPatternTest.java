package io.sysmonflink.wildcards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

class WildcardPatternTest {

  /**
   * Few, so that patterns hit; with the odd ones of case folding: Kelvin, long s, the i's. Not the
   * capital sharp s: java.util.regex takes a pattern of just the small one for a letter without
   * case.
   */
  private static final List<String> LETTERS =
      List.of(
          "a",
          "A",
          "b",
          "k",
          "K",
          "\u212a",
          "s",
          "S",
          "\u017f",
          "i",
          "I",
          "\u0130",
          "\u0131",
          "\u00e9",
          "\u00c9",
          "\u00df",
          "\u03c3",
          "\u03c2",
          "\u03a3",
          "\u00b5",
          "\u03bc",
          "\ud801\udc00",
          "\ud801\udc28",
          "\n",
          "\r",
          "\\",
          "?",
          "_",
          "%",
          ".",
          "[");

  private static final List<String> ASCII_LETTERS = List.of("a", "A", "b", "k", "S", "\n", "\\");

  @Property(tries = 5000)
  void matches_what_the_regular_expression_matches(@ForAll("cases") Case given) {
    boolean expected = oracle(given.pattern).matcher(given.value).matches();
    Statistics.collect(expected);
    assertThat(matches(given.value, given.pattern)).isEqualTo(expected);
  }

  record Case(String pattern, String value) {}

  @Property(tries = 1000)
  void together_they_match_where_one_does(@ForAll("several") List<Case> given) {
    // More of those that ask what is contained than are looked for in one pass.
    List<WildcardPattern> patterns =
        given.stream()
            .flatMap(c -> Stream.of(c.pattern, "*" + c.pattern + "*"))
            .map(WildcardPattern::compile)
            .toList();
    for (int from = 0; from < patterns.size(); from += 7) {
      List<WildcardPattern> some = patterns.subList(from, patterns.size());
      WildcardPatterns together = new WildcardPatterns(some);
      for (Case one : given) {
        byte[] value = WildcardPattern.fold(one.value.getBytes(UTF_8));
        assertThat(together.anyMatches(value))
            .isEqualTo(some.stream().anyMatch(pattern -> pattern.matches(value)));
      }
    }
  }

  @Provide
  Arbitrary<List<Case>> several() {
    return cases().list().ofMinSize(1).ofMaxSize(40);
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.of(List.of(LETTERS, ASCII_LETTERS))
        .flatMap(
            letters -> {
              Arbitrary<String> text = text(letters, 2);
              Arbitrary<String> pattern =
                  Combinators.combine(
                          text(letters, 3).list().ofMinSize(1).ofMaxSize(4),
                          Arbitraries.of("*", "**"))
                      .as((pieces, star) -> String.join(star, pieces))
                      .filter(p -> !p.isEmpty());
              // A value made from the pattern matches, or would but for one character.
              Arbitrary<Case> near =
                  Combinators.combine(
                          pattern,
                          text,
                          Arbitraries.integers().between(-10, 10),
                          Arbitraries.of(true, false))
                      .as((p, run, drop, upper) -> new Case(p, near(p, run, drop, upper)));
              Arbitrary<Case> far = Combinators.combine(pattern, text(letters, 8)).as(Case::new);
              return Arbitraries.oneOf(near, near, far);
            });
  }

  private static Arbitrary<String> text(List<String> letters, int most) {
    return Arbitraries.of(letters).list().ofMaxSize(most).map(l -> String.join("", l));
  }

  private static String near(String pattern, String run, int drop, boolean upper) {
    int[] value =
        pattern
            .replace("*", run)
            .codePoints()
            .map(c -> upper ? Character.toUpperCase(c) : Character.toLowerCase(c))
            .toArray();
    StringBuilder without = new StringBuilder();
    for (int i = 0; i < value.length; i++) {
      if (i != drop) {
        without.appendCodePoint(value[i]);
      }
    }
    return without.toString();
  }

  private static Pattern oracle(String pattern) {
    return Pattern.compile(
        Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(joining(".*")),
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  @Test
  void every_letter_folds_as_in_equalsIgnoreCase() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.isLetter(c)) {
        String value = Character.toString(c);
        int upper = Character.toUpperCase(c);
        for (int other :
            new int[] {upper, Character.toLowerCase(c), Character.toLowerCase(upper)}) {
          String pattern = Character.toString(other);
          assertThat(matches(value, pattern))
              .as("%x and %x", c, other)
              .isEqualTo(value.equalsIgnoreCase(pattern));
          assertThat(matches(pattern, value)).isEqualTo(pattern.equalsIgnoreCase(value));
        }
      }
    }
  }

  @Test
  void letters_that_fold_into_ascii_match_ascii() {
    assertThat(matches("tas\u212a.exe", "TASK.EXE")).isTrue();
    assertThat(matches("task.exe", "ta\u017f\u212a.*")).isTrue();
    assertThat(matches("w\u0130n", "w\u0131n")).isTrue();
    assertThat(matches("\u1e9e", "\u00df")).isTrue();
    assertThat(matches("ss", "\u00df")).isFalse();
  }

  @Test
  void many_stars_in_a_long_value_take_no_backtracking() {
    // Trying every way to spread 40 stars over this value would not end.
    String value = "a".repeat(1_000_000);
    assertThat(matches(value, "*a".repeat(40) + "*b")).isFalse();
    assertThat(matches(value, "*a".repeat(40) + "*")).isTrue();
  }

  @Test
  void pieces_do_not_overlap() {
    assertThat(matches("a", "*a*a*")).isFalse();
    assertThat(matches("aba", "*ab*ba*")).isFalse();
    assertThat(matches("aba", "ab*ba")).isFalse();
    assertThat(matches("abba", "ab*ba")).isTrue();
    assertThat(matches("a", "a*a")).isFalse();
  }

  @Test
  void bytes_that_are_not_utf_8_can_be_skipped_by_a_star() {
    byte[] value = {'c', (byte) 0xff, (byte) 0xe2, '.', 'E', 'X', 'E'};
    assertThat(WildcardPattern.compile("c*.exe").matches(WildcardPattern.fold(value))).isTrue();
    assertThat(WildcardPattern.compile("c.exe").matches(WildcardPattern.fold(value))).isFalse();
  }

  @Test
  void an_ascii_value_is_not_copied() {
    byte[] value = "C:\\Windows\\System32\\cmd.exe".getBytes(UTF_8);
    assertThat(WildcardPattern.fold(value)).isSameAs(value);
  }

  @Test
  void an_empty_pattern_is_refused() {
    assertThatThrownBy(() -> WildcardPattern.compile(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
  }

  private static boolean matches(String value, String pattern) {
    return WildcardPattern.compile(pattern).matches(WildcardPattern.fold(value.getBytes(UTF_8)));
  }
}
