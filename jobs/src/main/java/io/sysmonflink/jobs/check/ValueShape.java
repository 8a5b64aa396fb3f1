package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/** What is known of the values of an expression, whatever the event. */
enum ValueShape {
  ANY {
    @Override
    Optional<String> impossible(String pattern) {
      return Optional.empty();
    }
  },

  /** A name in the DNS. */
  HOST_NAME {
    @Override
    Optional<String> impossible(String pattern) {
      return when(
          pattern.indexOf('/') >= 0 || pattern.indexOf('\\') >= 0,
          "the name of a host has no slash in it");
    }
  },

  /**
   * What NORMALIZE_PATH gives: a path with single backslashes but for two at the start of a UNC
   * path, or, if it begins with exactly one {@code /}, a Linux path as it was.
   */
  NORMAL_PATH {
    @Override
    Optional<String> impossible(String pattern) {
      boolean linux = pattern.startsWith("/") && !pattern.startsWith("//");
      if (pattern.indexOf('/') >= 0 && !linux && !pattern.startsWith("*")) {
        return Optional.of(
            "in a normalised path each / is a \\, but in one that begins with a single /");
      }
      return when(
          !linux && pattern.indexOf("\\\\", 1) >= 0,
          "a normalised path has two backslashes at its start only: here \\ needs no escape");
    }
  },

  /** What PROCESS_NAME gives: what follows the last backslash, or a text that ends with one. */
  PROCESS_NAME {
    @Override
    Optional<String> impossible(String pattern) {
      boolean openEnd = pattern.endsWith("*") || pattern.endsWith("\\");
      return when(
          pattern.indexOf('\\') >= 0 && !openEnd, "a process name is what follows the last \\");
    }
  };

  private static final Set<String> HOST_NAMES =
      Set.of("QueryName", "DestinationHostname", "SourceHostname", "Computer", "dest");

  /** Why no value of this shape can match a pattern, if none can. */
  abstract Optional<String> impossible(String pattern);

  static ValueShape of(SqlNode expression) {
    Optional<String> column = SqlSyntax.column(expression);
    if (column.filter(HOST_NAMES::contains).isPresent()) {
      return HOST_NAME;
    } else if (SqlSyntax.isCall(expression, "NORMALIZE_PATH")) {
      return NORMAL_PATH;
    } else if (SqlSyntax.isCall(expression, "PROCESS_NAME")
        || column.filter("process_name"::equals).isPresent()) {
      return PROCESS_NAME;
    }
    return ANY;
  }

  private static Optional<String> when(boolean impossible, String reason) {
    return impossible ? Optional.of(reason) : Optional.empty();
  }
}
