package io.sysmonflink.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds, in the many layers Flink wraps a failure in, what went wrong. */
final class Failure {

  // Layers that only say that the one below failed.
  private static final Pattern WRAPPING =
      Pattern.compile(
          "Failed to (execute|wait|submit|initialize|fetch).*|Could not (execute|instantiate|start).*|Job execution failed.*|Job failed \\(JobID.*|Job Status: .*"
              + "|Recovery is suppressed.*|One or more fetchers.*|SplitFetcher thread.*|.*Failed to execute job.*");

  private static final Pattern CLASS_NAME =
      Pattern.compile("^(?:[a-z0-9_]+\\.)+[A-Z]\\w*(?:Exception|Error|Throwable): ");

  private Failure() {}

  /** The innermost message and the one around it, which often names the file; never empty. */
  static String reason(Throwable failure) {
    List<String> reasons = new ArrayList<>();
    Throwable last = failure;
    for (Throwable t = failure; t != null && t != t.getCause(); t = t.getCause()) {
      last = t;
      String message = message(t);
      boolean says = !message.isEmpty() && !WRAPPING.matcher(message).matches();
      if (says && reasons.stream().noneMatch(said -> said.contains(message))) {
        reasons.removeIf(message::contains);
        reasons.add(message);
      }
    }
    if (reasons.isEmpty()) {
      return last.getClass().getSimpleName()
          + (last.getMessage() == null ? "" : ": " + message(last));
    }
    String reason =
        String.join(": ", reasons.subList(Math.max(0, reasons.size() - 2), reasons.size()));
    // "/some/file" is all that some exceptions of java.nio say.
    return last.getMessage() != null && last.getMessage().indexOf(' ') < 0
        ? reason + " (" + last.getClass().getSimpleName() + ")"
        : reason;
  }

  private static String message(Throwable t) {
    if (t.getMessage() == null) {
      return "";
    }
    String message = t.getMessage().lines().findFirst().orElse("").strip();
    return CLASS_NAME.matcher(message).replaceFirst("");
  }
}
