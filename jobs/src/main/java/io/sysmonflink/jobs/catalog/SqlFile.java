package io.sysmonflink.jobs.catalog;

import static java.util.Objects.requireNonNull;

/**
 * One file of the SQL layout.
 *
 * @param path where it stands in the layout, with slashes: {@code
 *     detections/windows_abused_web_services.sql}
 * @param origin where it was read from, as shown to the user: {@code bundled} or the file's own
 *     path
 * @param text the whole file
 */
public record SqlFile(String path, String origin, String text) {

  /** The origin of what the jar brings along. */
  public static final String BUNDLED = "bundled";

  public SqlFile {
    requireNonNull(path, "path is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(text, "text is null");
  }

  /** The file's name without folder and ending; what it defines goes by this name. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
  }

  /** How messages call it: the path a user can open. */
  public String display() {
    return origin.equals(BUNDLED) ? "sql/" + path : origin;
  }

  /** A user's mistake in this file. */
  public UserError error(String message) {
    return errorAt(0, message);
  }

  /** A user's mistake in this file at a line, the first being 1; 0 where it is not known. */
  public UserError errorAt(int line, String message) {
    return errorAt(line, 0, message, null);
  }

  /** That expressions in this file are too deep for a parser or planner, which goes down them. */
  public UserError tooDeep(Throwable cause) {
    return errorAt(
        0, 0, "is nested too deeply for Flink; use one WILDCARD_IN with many patterns", cause);
  }

  /** A user's mistake in this file at a line and column, the first being 1, each 0 if not known. */
  public UserError errorAt(int line, int column, String message, Throwable cause) {
    return new UserError(new Place(display(), line, column), message, cause);
  }
}
