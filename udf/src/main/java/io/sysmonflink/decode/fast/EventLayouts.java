package io.sysmonflink.decode.fast;

import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import java.util.Arrays;

/**
 * The layouts of the events that a parser has read lately, the last one first. While the parser
 * reads an event of no known layout, it tells here of each value; if it takes the event, {@link
 * #learn} makes a layout of it.
 *
 * <p>Few are kept and none is large, so that a log in which no two events are alike costs a few
 * comparisons more for each.
 */
final class EventLayouts {

  private static final int KEPT = 8;
  private static final int MAX_VALUES = 256;
  private static final int MAX_LENGTH = 1 << 16;

  private final EventLayout[] layouts = new EventLayout[KEPT];
  private int known;

  private final EventLayout.Kind[] kinds = new EventLayout.Kind[MAX_VALUES];
  private final int[] starts = new int[MAX_VALUES];
  private final int[] ends = new int[MAX_VALUES];
  private final int[] envelopes = new int[MAX_VALUES];
  private final int[] slots = new int[MAX_VALUES];

  /** The values told of, beyond {@link #MAX_VALUES} too. */
  private int size;

  /** The layout that the event in {@code b[from, to)} has, or null. */
  EventLayout of(byte[] b, int from, int to) {
    for (int i = 0; i < known; i++) {
      EventLayout layout = layouts[i];
      if (layout.matches(b, from, to)) {
        System.arraycopy(layouts, 0, layouts, 1, i);
        layouts[0] = layout;
        return layout;
      }
    }
    return null;
  }

  /** To be called before an event is parsed. */
  void begin() {
    size = 0;
  }

  /** Takes note of a value, {@code b[from, to)} as it stands in the event. */
  void value(EventLayout.Kind kind, int from, int to) {
    if (size < MAX_VALUES) {
      kinds[size] = kind;
      starts[size] = from;
      ends[size] = to;
      envelopes[size] = EventColumns.NONE;
      slots[size] = EventColumns.NONE;
    }
    size++;
  }

  /** The value told of last is this in the event's envelope. */
  void envelope(int envelope) {
    if (size <= MAX_VALUES) {
      envelopes[size - 1] = envelope;
    }
  }

  /** The value told of last is that of a field of EventData. */
  void slot(int slot) {
    if (size <= MAX_VALUES) {
      slots[size - 1] = slot;
    }
  }

  /**
   * Makes a layout of the event in {@code b[from, to)}, all of whose values were told.
   *
   * @param event as it was read
   */
  void learn(byte[] b, int from, int to, EventFields event) {
    if (size > MAX_VALUES || to - from > MAX_LENGTH) {
      return;
    }
    int[] sampleStarts = Arrays.copyOf(starts, size);
    int[] sampleEnds = Arrays.copyOf(ends, size);
    for (int value = 0; value < size; value++) {
      sampleStarts[value] -= from;
      sampleEnds[value] -= from;
    }
    EventLayout layout =
        new EventLayout(
            Arrays.copyOfRange(b, from, to),
            sampleStarts,
            sampleEnds,
            Arrays.copyOf(kinds, size),
            Arrays.copyOf(envelopes, size),
            Arrays.copyOf(slots, size),
            event.found());
    known = Math.min(known + 1, KEPT);
    System.arraycopy(layouts, 0, layouts, 1, known - 1);
    layouts[0] = layout;
  }
}
