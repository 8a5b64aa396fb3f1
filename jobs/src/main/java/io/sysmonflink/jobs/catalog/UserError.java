package io.sysmonflink.jobs.catalog;

/**
 * A mistake on the command line or in an SQL or YAML file. The message is the one line the user
 * sees: it names the file or option and what is wrong with it. Exit status 2.
 */
public final class UserError extends RuntimeException {

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
