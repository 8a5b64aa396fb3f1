package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.catalog.Place;
import io.sysmonflink.jobs.catalog.UserError;
import java.util.Comparator;

/**
 * Something wrong in a file.
 *
 * @param place where
 * @param warning whether the file does what it says, and only may not be what was meant
 * @param reason what is wrong with it, in one line
 */
public record Finding(Place place, boolean warning, String reason) implements Comparable<Finding> {

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::place).thenComparing(Finding::reason);

  static Finding error(Place place, String reason) {
    return new Finding(place, false, reason);
  }

  static Finding warning(Place place, String reason) {
    return new Finding(place, true, reason);
  }

  /** A mistake that was found in a file. */
  static Finding of(UserError error) {
    return error(error.place().orElseThrow(() -> error), error.reason());
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column: reason}. */
  @Override
  public String toString() {
    return place + ": " + (warning ? "warning: " : "") + reason;
  }
}
