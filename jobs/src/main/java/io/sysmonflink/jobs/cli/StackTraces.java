package io.sysmonflink.jobs.cli;

import java.util.ArrayList;
import java.util.List;

/** Reads what Java prints of a failure. */
final class StackTraces {

  private static final String CAUSED_BY = "Caused by: ";

  private StackTraces() {}

  /** The failure and its causes, each with the first line of what was printed of it. */
  static Throwable failure(String printed) {
    List<String> messages = new ArrayList<>();
    for (String line : printed.lines().toList()) {
      if (messages.isEmpty()) {
        messages.add(line);
      } else if (line.startsWith(CAUSED_BY)) {
        messages.add(line.substring(CAUSED_BY.length()));
      }
    }
    Throwable failure = null;
    for (int i = messages.size() - 1; i >= 0; i--) {
      failure = new Exception(messages.get(i), failure);
    }
    return failure == null ? new Exception("nothing was said of why") : failure;
  }
}
