package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns what Flink says of an SQL text into one line. */
public final class SqlErrors {

  // "From line 3, column 5 to line 3, column 9: Column 'x' not found", "Encountered "," at line 3,
  // column 5."
  private static final Pattern PLACE =
      Pattern.compile(
          "(?:[Ff]rom |[Aa]t )line (\\d+), column (\\d+)(?: to line \\d+, column \\d+)?:?\\s*");

  private static final Pattern UNKNOWN_CHARACTER = Pattern.compile("\\.\\s+Encountered: (\\S+)");

  private static final int MAX_LENGTH = 400;

  private SqlErrors() {}

  /** The user's mistake in a file, with its line and column where Flink tells them. */
  public static UserError inFile(SqlFile file, Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      Matcher place = PLACE.matcher(String.valueOf(t.getMessage()));
      if (place.find()) {
        return file.errorAt(
            Integer.parseInt(place.group(1)),
            Integer.parseInt(place.group(2)),
            line(
                told(
                    t.getMessage().substring(0, place.start()),
                    t.getMessage().substring(place.end()))),
            error);
      }
    }
    return file.errorAt(0, 0, text(error), error);
  }

  // A parser's complaint stands before the place, a validator's after it, a lexer's on both sides.
  private static String told(String before, String after) {
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

  /** What an exception and its causes say, in one line. */
  public static String text(Throwable error) {
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
        message
            .replaceFirst("^SQL (parse|validation) failed\\.\\s*", "")
            .lines()
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
  }
}
