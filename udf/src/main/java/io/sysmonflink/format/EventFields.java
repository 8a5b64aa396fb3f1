package io.sysmonflink.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.table.data.StringData;

/**
 * One event as it is being read, reused from record to record: its envelope, and the EventData
 * values that the query wants. An empty value is a missing one, as in Splunk.
 */
final class EventFields {

  /** Sysmon's own time, in EventData. */
  static final String UTC_TIME = "UtcTime";

  private static final byte EXACT = 2;
  private static final byte NEAR = 1;

  private final EventColumns columns;
  private final StringData[] values;
  private final byte[] seen;
  private final int utcTimeSlot;

  int eventCode;

  /** Milliseconds since the epoch. */
  long time;

  StringData computer;
  StringData channel;
  StringData provider;
  Long recordId;

  /** The shape that it came in, for the tally. */
  String shape;

  private String utcTime;

  EventFields(EventColumns columns) {
    this.columns = columns;
    this.values = new StringData[columns.size()];
    this.seen = new byte[columns.size()];
    this.utcTimeSlot = columns.slotOf(UTC_TIME);
  }

  void clear() {
    Arrays.fill(values, null);
    Arrays.fill(seen, (byte) 0);
    eventCode = -1;
    time = EventTime.UNREADABLE;
    computer = null;
    channel = null;
    provider = null;
    recordId = null;
    shape = null;
    utcTime = null;
  }

  EventColumns columns() {
    return columns;
  }

  /** The value in a slot, or null where the event has none. */
  StringData value(int slot) {
    return values[slot];
  }

  /** Sysmon's own time, or null where it is missing or empty. */
  String utcTime() {
    return utcTime;
  }

  /** Takes a field of EventData; the value may be null. */
  void put(String name, String value) throws BadRecordException {
    int slot = columns.find(name);
    if (slot == EventColumns.NONE || !claim(slot, (byte) name.charAt(0))) {
      return;
    }
    if (slot == utcTimeSlot) {
      utcTime = value == null || value.isEmpty() ? null : value;
    }
    if (columns.isWanted(slot)) {
      values[slot] = stringData(value);
    }
  }

  /** The slot of the member of an object as a field of EventData, or {@link EventColumns#NONE}. */
  int slotOf(JsonCursor member) {
    return columns.find(member.bytes(), member.nameFrom(), member.nameTo());
  }

  /** Takes the member's value for the slot that was found for it. */
  void put(int slot, JsonCursor member) throws BadRecordException {
    if (slot == EventColumns.NONE || !claim(slot, member.bytes()[member.nameFrom()])) {
      return;
    }
    if (slot == utcTimeSlot || columns.isWanted(slot)) {
      StringData text = member.text();
      set(slot, text, slot == utcTimeSlot && text != null ? text.toString() : null);
    }
  }

  /**
   * Makes the slot a field's own, unless one that is spelled exactly as the column has it.
   *
   * @throws BadRecordException where the event has the same field twice
   */
  boolean claim(int slot, byte firstLetter) throws BadRecordException {
    byte spelling = columns.isExact(slot, firstLetter) ? EXACT : NEAR;
    if (seen[slot] == spelling) {
      throw new BadRecordException(
          ErrorType.DUPLICATE_FIELD, "field " + columns.name(slot) + " stands twice in EventData");
    }
    if (seen[slot] > spelling) {
      return false;
    }
    seen[slot] = spelling;
    return true;
  }

  /** Takes the value of a claimed slot. */
  void set(int slot, StringData value, String utcTimeText) {
    if (slot == utcTimeSlot) {
      utcTime = utcTimeText;
    }
    if (columns.isWanted(slot)) {
      values[slot] = value;
    }
  }

  boolean isUtcTime(int slot) {
    return slot == utcTimeSlot;
  }

  /** As bytes at once: what has no UTF-8 (half a surrogate pair) is then a ? wherever it goes. */
  static StringData stringData(String value) {
    return value == null || value.isEmpty()
        ? null
        : StringData.fromBytes(value.getBytes(StandardCharsets.UTF_8));
  }
}
