package io.sysmonflink.decode.event;

import java.util.Set;
import org.apache.flink.table.data.StringData;

/** A column whose values are texts of the event: a field of EventData, or one of its envelope. */
public final class TextColumn {

  private static final String COMPUTER = "Computer";
  private static final String CHANNEL = "Channel";
  private static final String PROVIDER = "Provider";

  /** Those that are no fields of EventData. */
  public static final Set<String> OF_ENVELOPE = Set.of(COMPUTER, CHANNEL, PROVIDER);

  private final String name;
  private final int slot;

  /**
   * @throws IllegalArgumentException if there is no such column
   */
  public TextColumn(String name, EventColumns columns) {
    this.name = name;
    this.slot = columns.slotOf(name);
    if (slot == EventColumns.NONE && !OF_ENVELOPE.contains(name)) {
      throw new IllegalArgumentException("no column " + name);
    }
  }

  /** The event's value, or null where it has none. */
  public StringData of(EventFields event) {
    return slot == EventColumns.NONE
        ? switch (name) {
          case COMPUTER -> event.computer();
          case CHANNEL -> event.channel();
          default -> event.provider();
        }
        : event.value(slot);
  }
}
