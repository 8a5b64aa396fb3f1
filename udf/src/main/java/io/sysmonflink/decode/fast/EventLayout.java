package io.sysmonflink.decode.fast;

import io.sysmonflink.decode.bytes.ByteScan;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What an event has in common with others of its kind: every byte but those of its values. A
 * program that writes logs writes all but the values alike again and again, so whoever has parsed
 * one event reads the next by comparing what stands between the values, many bytes at a time. Of
 * the values, most never differ either: they are compared along with what stands around them, each
 * until an event comes that has another.
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

  /** The event that was parsed, and its values in it. */
  private final byte[] sample;

  private final int[] sampleStarts;
  private final int[] sampleEnds;

  private final Kind[] kinds;
  private final int[] used;
  private final int[] envelopes;
  private final int[] slots;

  /** As {@link EventFields#found} tells it of the sample. */
  private final byte[] found;

  /** The values that were not the same in all events so far. */
  private final boolean[] varies;

  private int[] varying = {};

  /** What stands before each of these, and what behind the last one. */
  private byte[][] literals = {};

  /** The used values that were the same, and for each the one of {@link #varying} before it. */
  private int[] fixed = {};

  private int[] varyingBefore = {};

  /** The values of the event that matched last. */
  private final int[] starts;

  private final int[] ends;

  /**
   * @param sample the event
   * @param sampleStarts by value: where it begins in the event
   * @param sampleEnds by value: the index after it
   * @param kinds by value
   * @param envelopes by value: what it is in the event's envelope, or {@link EventColumns#NONE}
   * @param slots by value: the slot of the field that it is of EventData, or {@link
   *     EventColumns#NONE}
   * @param found the fields that were found in the event
   */
  EventLayout(
      byte[] sample,
      int[] sampleStarts,
      int[] sampleEnds,
      Kind[] kinds,
      int[] envelopes,
      int[] slots,
      byte[] found) {
    this.found = found;
    this.sample = sample;
    this.sampleStarts = sampleStarts;
    this.sampleEnds = sampleEnds;
    this.kinds = kinds;
    this.envelopes = envelopes;
    this.slots = slots;
    this.used = valuesWhere(this::isUsed);
    this.varies = new boolean[kinds.length];
    this.starts = new int[kinds.length];
    this.ends = new int[kinds.length];
    divide();
  }

  /** Whether the event in {@code b[from, to)} has this layout. */
  boolean matches(byte[] b, int from, int to) {
    return matchesNarrowly(b, from, to)
        || (varying.length < kinds.length && matchesWidely(b, from, to));
  }

  /** The same, if all values are the same that always were. */
  private boolean matchesNarrowly(byte[] b, int from, int to) {
    int at = from;
    for (int i = 0; i < varying.length; i++) {
      byte[] literal = literals[i];
      if (!ByteScan.startsWith(b, at, to, literal)) {
        return false;
      }
      int value = varying[i];
      starts[value] = at + literal.length;
      at = valueEnd(value, b, starts[value], to);
      if (at < 0) {
        return false;
      }
      ends[value] = at;
    }
    byte[] last = literals[varying.length];
    if (to - at != last.length || !ByteScan.startsWith(b, at, to, last)) {
      return false;
    }
    for (int i = 0; i < fixed.length; i++) {
      int value = fixed[i];
      int before = varyingBefore[i];
      int shift = before < 0 ? from : ends[before] - sampleEnds[before];
      starts[value] = sampleStarts[value] + shift;
      ends[value] = sampleEnds[value] + shift;
    }
    return true;
  }

  /** The same with any values. Those that differ from the sample's vary from now on. */
  private boolean matchesWidely(byte[] b, int from, int to) {
    int at = from;
    int sampleAt = 0;
    for (int value = 0; value < kinds.length; value++) {
      int length = sampleStarts[value] - sampleAt;
      if (!isAsInSample(b, at, to, sampleAt, length)) {
        return false;
      }
      starts[value] = at + length;
      at = valueEnd(value, b, starts[value], to);
      if (at < 0) {
        return false;
      }
      ends[value] = at;
      sampleAt = sampleEnds[value];
    }
    int length = sample.length - sampleAt;
    if (to - at != length || !isAsInSample(b, at, to, sampleAt, length)) {
      return false;
    }
    for (int value = 0; value < kinds.length; value++) {
      varies[value] |=
          !Arrays.equals(
              b, starts[value], ends[value], sample, sampleStarts[value], sampleEnds[value]);
    }
    divide();
    return true;
  }

  private boolean isAsInSample(byte[] b, int at, int to, int sampleAt, int length) {
    return to - at >= length
        && Arrays.equals(b, at, at + length, sample, sampleAt, sampleAt + length);
  }

  private int valueEnd(int value, byte[] b, int at, int to) {
    return switch (kinds[value]) {
      case QUOTED -> XmlValue.quotedEnd(b, at, to);
      case TEXT -> XmlValue.textEnd(b, at, to);
      case STRING -> JsonValue.stringEnd(b, at, to);
      case WORD -> JsonValue.wordEnd(b, at, to);
    };
  }

  /** Divides the sample into what varies and what is the same. */
  private void divide() {
    varying = valuesWhere(value -> varies[value]);
    fixed = valuesWhere(value -> !varies[value] && isUsed(value));
    varyingBefore = new int[fixed.length];
    for (int i = 0; i < fixed.length; i++) {
      int before = fixed[i];
      while (before >= 0 && !varies[before]) {
        before--;
      }
      varyingBefore[i] = before;
    }
    literals = new byte[varying.length + 1][];
    int at = 0;
    for (int i = 0; i < varying.length; i++) {
      literals[i] = Arrays.copyOfRange(sample, at, sampleStarts[varying[i]]);
      at = sampleEnds[varying[i]];
    }
    literals[varying.length] = Arrays.copyOfRange(sample, at, sample.length);
  }

  private int[] valuesWhere(IntPredicate predicate) {
    return IntStream.range(0, kinds.length).filter(predicate).toArray();
  }

  private boolean isUsed(int value) {
    return envelopes[value] != EventColumns.NONE || slots[value] != EventColumns.NONE;
  }

  /** The values that are of use, in their order. */
  int[] used() {
    return used;
  }

  /** Where a value that is of use begins in the event that matched last. */
  int start(int value) {
    return starts[value];
  }

  /** The index after a value that is of use in the event that matched last. */
  int end(int value) {
    return ends[value];
  }

  /** The fields that an event of this layout has, as {@link EventFields#setFound} takes them. */
  byte[] found() {
    return found;
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
