package io.sysmonflink.format;

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

  /** Fewer than {@link StrictJson} takes. */
  private static final int MAX_DIGITS = 90;

  private final JsonNames names = new JsonNames();
  private final ValueCache values = new ValueCache();

  private byte[] b = {};
  private int at;
  private int end;

  private int nameFrom;
  private int nameTo;

  /** Of {@link #scalar}. */
  private byte[] value = {};

  private int valueFrom;
  private int valueTo;
  private byte[] unescaped = new byte[256];

  /** Begins with the value in {@code b[from, to)}. */
  void reset(byte[] b, int from, int to) {
    this.b = b;
    this.at = from;
    this.end = to;
    names.clear();
  }

  byte[] bytes() {
    return b;
  }

  /** Where the name of the member is, without its quotes. */
  int nameFrom() {
    return nameFrom;
  }

  int nameTo() {
    return nameTo;
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
      case '"' -> skipString();
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

  private boolean skipString() {
    at = ByteScan.jsonSpecial(b, at + 1, end);
    while (at < end) {
      byte c = b[at++];
      if (c == '"') {
        return true;
      }
      if (c != '\\' || at == end || escaped(b[at++]) < 0) {
        return false;
      }
      at = ByteScan.jsonSpecial(b, at, end);
    }
    return false;
  }

  /** Reads the value here, unless it is an object or array; its text is then {@link #text}. */
  boolean scalar() {
    blanks();
    if (at >= end || b[at] != '"') {
      return word();
    }
    int from = ++at;
    at = ByteScan.jsonSpecial(b, at, end);
    value = b;
    valueFrom = from;
    valueTo = at;
    return at < end && (b[at] == '"' ? at++ < end : unescape(from));
  }

  /** The text of the value that was read, null where it is null or empty. */
  StringData text() {
    return values.text(value, valueFrom, valueTo);
  }

  /** A string with escapes, put together in a buffer. */
  private boolean unescape(int from) {
    int length = at - from;
    if (unescaped.length < end - from) {
      unescaped = new byte[Math.max(end - from, 2 * unescaped.length)];
    }
    System.arraycopy(b, from, unescaped, 0, length);
    value = unescaped;
    valueFrom = 0;
    while (true) {
      int plain = ByteScan.jsonSpecial(b, at, end) - at;
      System.arraycopy(b, at, unescaped, length, plain);
      at += plain;
      length += plain;
      if (at == end) {
        return false;
      }
      byte c = b[at++];
      if (c == '"') {
        valueTo = length;
        return true;
      }
      int character = c == '\\' && at < end ? escaped(b[at++]) : -1;
      if (character < 0 || Character.isSurrogate((char) character)) {
        return false;
      }
      length = append(character, length);
    }
  }

  /** As UTF-8, which is never longer than the escape. */
  private int append(int character, int length) {
    int to = length;
    if (character < 0x80) {
      unescaped[to++] = (byte) character;
    } else if (character < 0x800) {
      unescaped[to++] = (byte) (0xC0 | (character >> 6));
      unescaped[to++] = (byte) (0x80 | (character & 0x3F));
    } else {
      unescaped[to++] = (byte) (0xE0 | (character >> 12));
      unescaped[to++] = (byte) (0x80 | ((character >> 6) & 0x3F));
      unescaped[to++] = (byte) (0x80 | (character & 0x3F));
    }
    return to;
  }

  /** The character of an escape, of which all after this byte is still to be read; or -1. */
  private int escaped(byte c) {
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> -1;
    };
  }

  private int hexadecimal() {
    if (end - at < 4) {
      return -1;
    }
    int character = 0;
    for (int to = at + 4; at < to; at++) {
      int digit = b[at] < 0 ? -1 : Character.digit(b[at], 16);
      if (digit < 0) {
        return -1;
      }
      character = (character << 4) | digit;
    }
    return character;
  }

  /** Null, true, false, or a whole number as Jackson would print it. */
  private boolean word() {
    int from = at;
    while (at < end && b[at] != ',' && b[at] != '}' && b[at] != ']' && !isBlank(b[at])) {
      at++;
    }
    value = b;
    valueFrom = from;
    valueTo = at;
    if (is("null")) {
      valueFrom = at;
      return true;
    }
    return isNumber(from, at) || is("true") || is("false");
  }

  private boolean is(String word) {
    int i = 0;
    while (i < word.length() && valueFrom + i < valueTo && b[valueFrom + i] == word.charAt(i)) {
      i++;
    }
    return i == word.length() && valueFrom + i == valueTo;
  }

  private boolean isNumber(int from, int to) {
    int digits = from < to && b[from] == '-' ? from + 1 : from;
    if (digits == to || to - digits > MAX_DIGITS || (b[digits] == '0' && to - from > 1)) {
      return false;
    }
    for (int i = digits; i < to; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private boolean take(char c) {
    blanks();
    boolean here = at < end && b[at] == c;
    at += here ? 1 : 0;
    return here;
  }

  private void blanks() {
    while (at < end && isBlank(b[at])) {
      at++;
    }
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
