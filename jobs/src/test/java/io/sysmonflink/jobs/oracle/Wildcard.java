package io.sysmonflink.jobs.oracle;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * SPL's {@code field IN (...)} as a regular expression for the whole field: case does not count;
 * {@code *} is any run of characters, line feeds too, and every other character stands for itself.
 */
final class Wildcard {
  private Wildcard() {}

  static Pattern in(String... values) {
    String regex = Arrays.stream(values).map(Wildcard::regex).collect(joining("|"));
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  private static String regex(String value) {
    return Arrays.stream(value.split("\\*", -1)).map(Pattern::quote).collect(joining(".*"));
  }
}
