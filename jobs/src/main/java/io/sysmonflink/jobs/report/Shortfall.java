package io.sysmonflink.jobs.report;

import java.util.Arrays;
import java.util.Optional;

/** A way in which a run may be done and yet not have read all that there was. */
public enum Shortfall {
  /** The input has bytes, but not one record could be read as a Windows event. */
  NO_EVENTS("no-events"),
  /** There is a file in which nothing was readable, or that could not be read to its end. */
  UNREADABLE_FILE("unreadable-file"),
  /** A file was not the same when it was read as when it was listed. */
  CHANGED_FILE("changed-file"),
  /** More records than the user allows are dead letters. */
  DEAD_LETTERS("dead-letters"),
  /**
   * Events have none of their fields, or neither provider nor channel, or lack what a search groups
   * by.
   */
  UNFILLED("unfilled");

  private final String label;

  Shortfall(String label) {
    this.label = label;
  }

  /** Its name in {@code --fail-on} and in {@code summary.json}. */
  public String label() {
    return label;
  }

  /** The one of this name. */
  static Optional<Shortfall> of(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }
}
