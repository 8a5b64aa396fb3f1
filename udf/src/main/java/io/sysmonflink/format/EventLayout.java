package io.sysmonflink.format;

/**
 * What an event has in common with others of its kind: every byte but those of its values. A
 * program that writes logs writes all but the values alike again and again, so whoever has parsed
 * one event reads the next by comparing what stands between the values, many bytes at a time.
 *
 * <p>An event that matches is made of the very tokens that were parsed before, with other values of
 * the same kinds, so it means the same with these.
 */
final class EventLayout {

  /** How a value stands there, and thereby where it ends. */
  enum Kind {
    /** An XML attribute's value, within quotes: {@link XmlValue#quotedEnd}. */
    QUOTED,
    /** Text in an XML element: {@link XmlValue#textEnd}. */
    TEXT,
    /** A JSON string, within quotes: {@link JsonValue#stringEnd}. */
    STRING,
    /** A number, true, false or null in JSON: {@link JsonValue#wordEnd}. */
    WORD
  }

  /** What stands before each value, and what behind the last one. */
  private final byte[][] literals;

  private final Kind[] kinds;
  private final int[] used;
  private final int[] envelopes;
  private final int[] slots;

  /** The values of the event that matched last. */
  private final int[] starts;

  private final int[] ends;

  /**
   * @param literals one more than there are values
   * @param kinds by value
   * @param used the values that are of use, in their order
   * @param envelopes by value: what it is in the event's envelope, or {@link EventColumns#NONE}
   * @param slots by value: the slot of the field that it is of EventData, or {@link
   *     EventColumns#NONE}
   */
  EventLayout(byte[][] literals, Kind[] kinds, int[] used, int[] envelopes, int[] slots) {
    this.literals = literals;
    this.kinds = kinds;
    this.used = used;
    this.envelopes = envelopes;
    this.slots = slots;
    this.starts = new int[kinds.length];
    this.ends = new int[kinds.length];
  }

  /** Whether the event in {@code b[from, to)} has this layout. */
  boolean matches(byte[] b, int from, int to) {
    int at = from;
    for (int value = 0; value < kinds.length; value++) {
      byte[] literal = literals[value];
      if (!ByteScan.startsWith(b, at, to, literal)) {
        return false;
      }
      at += literal.length;
      starts[value] = at;
      at =
          switch (kinds[value]) {
            case QUOTED -> XmlValue.quotedEnd(b, at, to);
            case TEXT -> XmlValue.textEnd(b, at, to);
            case STRING -> JsonValue.stringEnd(b, at, to);
            case WORD -> JsonValue.wordEnd(b, at, to);
          };
      if (at < 0) {
        return false;
      }
      ends[value] = at;
    }
    byte[] last = literals[kinds.length];
    return to - at == last.length && ByteScan.startsWith(b, at, to, last);
  }

  /** The values that are of use, in their order. */
  int[] used() {
    return used;
  }

  /** Where a value of the event that matched last begins. */
  int start(int value) {
    return starts[value];
  }

  /** The index after a value of the event that matched last. */
  int end(int value) {
    return ends[value];
  }

  Kind kind(int value) {
    return kinds[value];
  }

  /** What the value is in the event's envelope, or {@link EventColumns#NONE}. */
  int envelope(int value) {
    return envelopes[value];
  }

  /** The slot of the field that the value is of EventData, or {@link EventColumns#NONE}. */
  int slot(int value) {
    return slots[value];
  }
}
