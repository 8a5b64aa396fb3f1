package io.sysmonflink.jobs.sql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Flink's parser or validator says of an SQL text, in one line.
 *
 * @param line where, the first being 1
 * @param column where, the first being 1
 * @param reason what is wrong
 */
public record SqlComplaint(int line, int column, String reason) {

  // "From line 3, column 5 to line 3, column 9: Column 'x' not found", "Encountered "," at line 3,
  // column 5."
  private static final Pattern PLACE =
      Pattern.compile(
          "(?:[Ff]rom |[Aa]t )line (\\d+), column (\\d+)(?: to line \\d+, column \\d+)?:?\\s*");

  private static final Pattern UNKNOWN_CHARACTER = Pattern.compile("\\.\\s+Encountered: (\\S+)");

  // "Interval field value 120 exceeds precision of DAY(2) field"
  private static final Pattern LONG_INTERVAL =
      Pattern.compile("Interval field value \\S+ exceeds precision of (\\w+)\\(2\\) field");

  private static final int MAX_LENGTH = 400;

  /** Reads a message; empty where it names no place. */
  public static Optional<SqlComplaint> of(String message) {
    Matcher place = PLACE.matcher(message);
    return place.find()
        ? Optional.of(
            new SqlComplaint(
                Integer.parseInt(place.group(1)),
                Integer.parseInt(place.group(2)),
                line(reason(message.substring(0, place.start()), message.substring(place.end())))))
        : Optional.empty();
  }

  // A parser's complaint stands before the place, a validator's after it, a lexer's on both sides.
  private static String reason(String before, String after) {
    Matcher character = UNKNOWN_CHARACTER.matcher(after);
    if (character.lookingAt()) {
      return "unexpected character " + character.group(1);
    }
    return after.startsWith(".") || after.isBlank() ? before : after;
  }

  /** A message in one line that is not too long to read. */
  public static String line(String message) {
    String line =
        LONG_INTERVAL
            .matcher(message)
            .replaceFirst("$0: of three digits it is written $1(3), and more are not possible")
            .replaceFirst("^SQL (parse|validation) failed\\.\\s*", "")
            .lines()
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
  }
}
