package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlToken;
import io.sysmonflink.jobs.catalog.UserError;
import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what Flink says of an SQL text into one line. */
public final class SqlErrors {

  // "From line 3, column 5 to line 3, column 9: Column 'x' not found", "Encountered "," at line 3,
  // column 5."
  private static final Pattern PLACE =
      Pattern.compile(
          "(?:[Ff]rom |[Aa]t )line (\\d+), column (\\d+)(?: to line \\d+, column \\d+)?:?\\s*");

  private static final Pattern UNKNOWN_CHARACTER = Pattern.compile("\\.\\s+Encountered: (\\S+)");

  // "Interval field value 120 exceeds precision of DAY(2) field"
  private static final Pattern LONG_INTERVAL =
      Pattern.compile("Interval field value \\S+ exceeds precision of (\\w+)\\(2\\) field");

  private static final Pattern TOO_LONG_INTERVAL =
      Pattern.compile("INTERVAL_TYPES precision is not supported: \\d+");

  private static final Pattern CHANGED_KEY =
      Pattern.compile(
          "upsert key that differs from the primary key of the sink table '[^']*?"
              + DetectionResults.TABLES
              + "(\\w+)'");

  private static final int MAX_LENGTH = 400;

  private SqlErrors() {}

  /** The user's mistake in a file, with its line and column where Flink names them. */
  public static UserError inFile(SqlFile file, Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      Matcher place = PLACE.matcher(String.valueOf(t.getMessage()));
      if (place.find()) {
        return file.errorAt(
            Integer.parseInt(place.group(1)),
            Integer.parseInt(place.group(2)),
            line(
                complaint(
                    t.getMessage().substring(0, place.start()),
                    t.getMessage().substring(place.end()))),
            error);
      }
    }
    return file.errorAt(0, 0, text(error), error);
  }

  // A parser's complaint stands before the place, a validator's after it, a lexer's on both sides.
  private static String complaint(String before, String after) {
    Matcher character = UNKNOWN_CHARACTER.matcher(after);
    if (character.lookingAt()) {
      return "unexpected character " + character.group(1);
    }
    return after.startsWith(".") || after.isBlank() ? before : after;
  }

  /** Whether an error comes of expressions that are nested too deeply for Flink. */
  public static boolean isTooDeep(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof StackOverflowError) {
        return true;
      }
    }
    return false;
  }

  /**
   * The error of SQL that is too deep for the planner. It names the file that joins most
   * conditions.
   */
  public static UserError tooDeep(Collection<Detection> detections, Throwable error) {
    SqlFile deepest =
        detections.stream()
            .flatMap(detection -> Stream.of(detection.query(), detection.filter()))
            .max(Comparator.comparingLong(SqlErrors::conditions))
            .orElseThrow();
    return deepest.tooDeep(error);
  }

  private static long conditions(SqlFile file) {
    return SqlToken.of(file.text()).stream()
        .filter(token -> token.isWord("OR") || token.isWord("AND"))
        .count();
  }

  /** What an exception and its causes say, in one line. */
  public static String text(Throwable error) {
    for (Throwable t = error; t != null && t != t.getCause(); t = t.getCause()) {
      Matcher changed = CHANGED_KEY.matcher(message(t));
      if (changed.find()) {
        return "the search or the filter of "
            + changed.group(1)
            + " changes a value that its rows are grouped by: a live run would not know which row a change belongs to";
      }
      if (TOO_LONG_INTERVAL.matcher(message(t)).find()) {
        return "an interval may have three digits: INTERVAL '120' DAY(3)";
      }
    }
    String first = line(message(error));
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String last = line(message(root));
    return first.contains(last) ? first : first + ": " + last;
  }

  private static String message(Throwable error) {
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }

  private static String line(String message) {
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
