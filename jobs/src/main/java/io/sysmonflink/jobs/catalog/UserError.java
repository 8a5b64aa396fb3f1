package io.sysmonflink.jobs.catalog;

import java.util.Optional;

/**
 * A mistake on the command line or in an SQL or YAML file. The message is the one line the user
 * sees: it names the file or option and what is wrong with it. Exit status 2.
 */
public final class UserError extends RuntimeException {

  private final transient Place place;
  private final String reason;

  public UserError(String message) {
    this(message, null);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
    this.place = null;
    this.reason = message;
  }

  /** A mistake in a file; the message begins with its place. */
  public UserError(Place place, String reason, Throwable cause) {
    super(place + ": " + reason, cause);
    this.place = place;
    this.reason = reason;
  }

  /** Where it stands, if it is one in a file. */
  public Optional<Place> place() {
    return Optional.ofNullable(place);
  }

  /** The message without the place. */
  public String reason() {
    return reason;
  }
}
