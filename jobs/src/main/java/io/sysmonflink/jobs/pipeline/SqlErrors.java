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

  private static final int MAX_LENGTH = 400;

  private SqlErrors() {}

  /** The user's mistake in a file, with its line and column where Flink tells them. */
  static UserError inFile(SqlFile file, Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      Matcher place = PLACE.matcher(String.valueOf(t.getMessage()));
      if (place.find()) {
        String rest = t.getMessage().substring(place.end());
        // A parser's complaint stands before the place, a validator's after it.
        String told =
            rest.startsWith(".") || rest.isBlank()
                ? t.getMessage().substring(0, place.start())
                : rest;
        return new UserError(
            "%s:%s:%s: %s".formatted(file.display(), place.group(1), place.group(2), line(told)),
            error);
      }
    }
    return new UserError(file.display() + ": " + text(error), error);
  }

  /** What an exception and its causes say, in one line. */
  public static String text(Throwable error) {
    String first = line(String.valueOf(error.getMessage()));
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String last = line(String.valueOf(root.getMessage()));
    return first.contains(last) ? first : first + ": " + last;
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
