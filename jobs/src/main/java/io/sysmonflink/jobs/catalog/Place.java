package io.sysmonflink.jobs.catalog;

import java.util.Comparator;

/**
 * Where in a file something stands.
 *
 * @param file as messages call it
 * @param line the first being 1; 0 where it is not known
 * @param column the first being 1; 0 where it is not known
 */
public record Place(String file, int line, int column) implements Comparable<Place> {

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file).thenComparing(Place::line).thenComparing(Place::column);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column}, as far as they are known. */
  @Override
  public String toString() {
    return file + (line == 0 ? "" : ":" + line) + (column == 0 ? "" : ":" + column);
  }
}
