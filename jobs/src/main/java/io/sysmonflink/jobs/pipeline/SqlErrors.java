package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.sql.SqlComplaint;
import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;

/** Turns what Flink says of an SQL text into one line. */
public final class SqlErrors {

  private static final Pattern TOO_LONG_INTERVAL =
      Pattern.compile("INTERVAL_TYPES precision is not supported: \\d+");

  private static final Pattern CHANGED_KEY =
      Pattern.compile(
          "upsert key that differs from the primary key of the sink table '[^']*?"
              + DetectionResults.TABLES
              + "(\\w+)'");

  private SqlErrors() {}

  /** The user's mistake in a file, with its line and column where Flink names them. */
  public static UserError inFile(SqlFile file, Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      Optional<SqlComplaint> complaint = SqlComplaint.of(String.valueOf(t.getMessage()));
      if (complaint.isPresent()) {
        SqlComplaint found = complaint.get();
        return file.errorAt(found.line(), found.column(), found.reason(), error);
      }
    }
    return file.errorAt(0, 0, text(error), error);
  }

  /** Whether an error comes of expressions that are nested too deeply for Flink. */
  public static boolean isTooDeep(Throwable error) {
    return SqlSyntax.isTooDeep(error);
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
    try {
      return SqlSyntax.read(file.text()).stream()
          .flatMap(statement -> SqlSyntax.all(statement, SqlCall.class).stream())
          .filter(call -> call.getKind() == SqlKind.OR || call.getKind() == SqlKind.AND)
          .count();
    } catch (StackOverflowError e) {
      return Long.MAX_VALUE;
    }
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
    String first = SqlComplaint.line(message(error));
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String last = SqlComplaint.line(message(root));
    return first.contains(last) ? first : first + ": " + last;
  }

  private static String message(Throwable error) {
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }
}
