package io.sysmonflink.jobs.diff;

import java.util.ArrayList;
import java.util.List;

/**
 * The by-fields of a row, in the order of the columns, in their exact case. Ordered, since the
 * values come from logs that attackers write to: they could make hash codes collide, but not
 * comparisons slow.
 */
record RowKey(List<String> values) implements Comparable<RowKey> {

  RowKey {
    values = List.copyOf(values);
  }

  /** The same key but for one value. */
  RowKey with(int column, String value) {
    List<String> changed = new ArrayList<>(values);
    changed.set(column, value);
    return new RowKey(changed);
  }

  @Override
  public int compareTo(RowKey other) {
    int shared = Math.min(values.size(), other.values.size());
    for (int i = 0; i < shared; i++) {
      int order = values.get(i).compareTo(other.values.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(values.size(), other.values.size());
  }

  /**
   * A value as it is compared: a program that writes CSV for Windows may make CRLF of each new line
   * in it.
   */
  static String value(String text) {
    return text.replace("\r\n", "\n");
  }
}
