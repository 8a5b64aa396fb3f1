package io.sysmonflink.decode.deadletter;

import static java.util.Objects.requireNonNull;

/**
 * A record that cannot be read or is not to be believed. The message is for a person: what was
 * expected, what was found.
 */
public final class BadRecordException extends Exception {

  private final ErrorType type;

  public BadRecordException(ErrorType type, String message) {
    // No stack trace: an attacker may send a million of these, and the place in the code says
    // nothing that the type does not.
    super(message, null, false, false);
    this.type = requireNonNull(type, "type is null");
  }

  public ErrorType type() {
    return type;
  }
}
