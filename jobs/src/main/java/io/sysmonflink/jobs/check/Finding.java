package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.catalog.Place;
import io.sysmonflink.jobs.catalog.UserError;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something wrong in a file, or with what files there are.
 *
 * @param place where, if it is in a file
 * @param warning whether the file does what it says, and only may not be what was meant
 * @param reason what is wrong with it, in one line
 */
public record Finding(Optional<Place> place, boolean warning, String reason)
    implements Comparable<Finding> {

  // Before all files.
  private static final Place NOWHERE = new Place("", 0, 0);

  private static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding finding) -> finding.place.orElse(NOWHERE))
          .thenComparing(Finding::reason);

  static Finding error(Place place, String reason) {
    return new Finding(Optional.of(place), false, reason);
  }

  static Finding warning(Place place, String reason) {
    return new Finding(Optional.of(place), true, reason);
  }

  /** A mistake that was found. */
  static Finding of(UserError error) {
    return new Finding(error.place(), false, error.reason());
  }

  /** The file it is in, as messages call it; nothing where it is in none. */
  Optional<String> file() {
    return place.map(Place::file);
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column: reason}, as far as the place is known. */
  @Override
  public String toString() {
    return place.map(where -> where + ": ").orElse("") + (warning ? "warning: " : "") + reason;
  }
}
