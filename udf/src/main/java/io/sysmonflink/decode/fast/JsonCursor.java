package io.sysmonflink.decode.fast;

import io.sysmonflink.decode.bytes.ByteScan;
import io.sysmonflink.decode.bytes.TextBuffer;
import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.StrictJson;
import org.apache.flink.table.data.StringData;

/**
 * Steps through a JSON object in bytes that are UTF-8, without making an object of what is passed
 * over. It is as strict as {@link StrictJson}, also on a name that stands twice in an object, and
 * stricter: what is rare (a fraction, an escape in a name, half of a surrogate pair) it does not
 * read. Then {@code false}, or {@link Member#BAD}, says to leave the record to Jackson.
 */
final class JsonCursor {

  /** What {@link #member} returns. */
  enum Member {
    NEXT,
    END,
    BAD
  }

  private static final int MAX_DEPTH = 16;

  private final EventLayouts layouts;
  private final ValueCache texts;
  private final EventFields.LateText plainText = this::plainText;
  private final JsonNames names = new JsonNames();

  private byte[] b = {};
  private int at;
  private int end;

  private int nameFrom;
  private int nameTo;

  /** Of {@link #scalar}. */
  private byte[] value = {};

  private int valueFrom;
  private int valueTo;
  private final UnescapedValue unescaped = new UnescapedValue();

  /**
   * @param layouts is told of each value
   * @param texts makes the texts of values
   */
  JsonCursor(EventLayouts layouts, ValueCache texts) {
    this.layouts = layouts;
    this.texts = texts;
  }

  /** Begins with the value in {@code b[from, to)}. */
  void reset(byte[] b, int from, int to) {
    this.b = b;
    this.at = from;
    this.end = to;
    names.clear();
  }

  /** The column of the member's name, or {@link EventColumns#NONE}. */
  int columnOf(EventColumns columns) {
    return columns.find(b, nameFrom, nameTo);
  }

  byte firstLetterOfName() {
    return b[nameFrom];
  }

  boolean nameIs(byte[] name) {
    return nameTo - nameFrom == name.length && ByteScan.startsWith(b, nameFrom, nameTo, name);
  }

  /** Whether nothing follows but blanks. */
  boolean atEnd() {
    blanks();
    return at == end;
  }

  /** Enters an object: its number, or -1 where here is none. */
  int object() {
    return take('{') ? names.object() : -1;
  }

  /**
   * Goes to the value of the next member.
   *
   * @param object what {@link #object} returned; there is no member where it was none
   * @param first whether none came before
   */
  Member member(int object, boolean first) {
    if (object < 0) {
      return Member.BAD;
    }
    if (take('}')) {
      return Member.END;
    }
    if ((!first && !take(',')) || !take('"')) {
      return Member.BAD;
    }
    nameFrom = at;
    at = ByteScan.jsonSpecial(b, at, end);
    nameTo = at;
    boolean read = at < end && b[at++] == '"' && take(':');
    int hash = object * 31 + ByteScan.hash(b, nameFrom, nameTo);
    return read && names.isNew(b, nameFrom, nameTo, object, hash) ? Member.NEXT : Member.BAD;
  }

  /** Passes over the value here, whatever it is. */
  boolean skip() {
    return skip(0);
  }

  private boolean skip(int depth) {
    blanks();
    if (at >= end || depth > MAX_DEPTH) {
      return false;
    }
    return switch (b[at]) {
      case '"' -> string();
      case '{' -> skipObject(depth);
      case '[' -> skipArray(depth);
      default -> word();
    };
  }

  private boolean skipObject(int depth) {
    int object = object();
    Member member = member(object, true);
    while (member == Member.NEXT && skip(depth + 1)) {
      member = member(object, false);
    }
    return member == Member.END;
  }

  private boolean skipArray(int depth) {
    at++;
    if (take(']')) {
      return true;
    }
    while (skip(depth + 1)) {
      if (take(']')) {
        return true;
      }
      if (!take(',')) {
        return false;
      }
    }
    return false;
  }

  /**
   * Reads the value here, unless it is an object or array; its text is then what {@link #set}
   * takes.
   */
  boolean scalar() {
    blanks();
    if (at >= end) {
      return false;
    }
    boolean quoted = b[at] == '"';
    int from = quoted ? at + 1 : at;
    return quoted
        ? string() && setValue(EventLayout.Kind.STRING, from, at - 1)
        : word() && setValue(EventLayout.Kind.WORD, from, at);
  }

  /**
   * Makes {@code b[from, to)}, which is a value of this kind, the one that was read.
   *
   * @return false where it is to be left to Jackson
   */
  boolean setValue(EventLayout.Kind kind, int from, int to) {
    boolean quoted = kind == EventLayout.Kind.STRING;
    if (quoted && ByteScan.indexOf((byte) '\\', b, from, to) < to) {
      boolean read = unescaped.setJson(b, from, to);
      value = unescaped.bytes();
      valueFrom = 0;
      valueTo = unescaped.length();
      return read;
    }
    value = b;
    valueFrom = !quoted && JsonValue.isNull(b, from, to) ? to : from;
    valueTo = to;
    return true;
  }

  /** Puts the text of the value that was read last, which may be empty, where it is kept. */
  void keep(TextBuffer text) {
    text.set(value, valueFrom, valueTo);
  }

  /** Puts that text in the slot of a field of EventData. */
  void set(EventFields event, int slot) {
    if (value == b && !event.isUtcTime(slot)) {
      event.setLate(slot, valueFrom, valueTo, plainText);
    } else {
      event.set(slot, value, valueFrom, valueTo, texts);
    }
  }

  private StringData plainText(int from, int to) {
    return texts.text(b, from, to);
  }

  private boolean string() {
    int from = ++at;
    at = JsonValue.stringEnd(b, from, end);
    if (at == JsonValue.UNKNOWN) {
      return false;
    }
    layouts.value(EventLayout.Kind.STRING, from, at++);
    return true;
  }

  private boolean word() {
    int from = at;
    at = JsonValue.wordEnd(b, from, end);
    if (at == JsonValue.UNKNOWN) {
      return false;
    }
    layouts.value(EventLayout.Kind.WORD, from, at);
    return true;
  }

  private boolean take(char c) {
    blanks();
    boolean here = at < end && b[at] == c;
    at += here ? 1 : 0;
    return here;
  }

  private void blanks() {
    at = ByteScan.skipBlank(b, at, end);
  }
}
