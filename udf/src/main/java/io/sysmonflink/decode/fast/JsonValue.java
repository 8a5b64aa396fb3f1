package io.sysmonflink.decode.fast;

import io.sysmonflink.decode.bytes.ByteScan;
import io.sysmonflink.decode.parse.json.StrictJson;
import java.nio.charset.StandardCharsets;

/**
 * Values in JSON that are no object and no array: where one ends, and what it says. What is rare is
 * {@link #UNKNOWN} here, and left to {@link StrictJson}.
 */
final class JsonValue {

  /** There is no end, or something before it that only Jackson is to read. */
  static final int UNKNOWN = -1;

  /** Fewer than {@link StrictJson} takes. */
  private static final int MAX_DIGITS = 90;

  private static final byte[] NULL = ascii("null");
  private static final byte[][] WORDS = {NULL, ascii("true"), ascii("false")};

  private JsonValue() {}

  /** The index of the quote that ends a string; the one that begins it is before {@code from}. */
  static int stringEnd(byte[] b, int from, int to) {
    int at = ByteScan.jsonSpecial(b, from, to);
    while (at < to && b[at] == '\\') {
      int after = afterEscape(b, at, to);
      if (after == UNKNOWN) {
        return UNKNOWN;
      }
      // Escapes often come in pairs, for the end of a line.
      at = after < to && b[after] == '\\' ? after : ByteScan.jsonSpecial(b, after, to);
    }
    return at < to && b[at] == '"' ? at : UNKNOWN;
  }

  /**
   * Replaces the escapes in {@code b[from, to)}, which {@link #stringEnd} has passed over.
   *
   * @param target takes the text, in UTF-8, which is no longer than what it is made of
   * @return the length of the text; {@link #UNKNOWN} where half of a surrogate pair is in it
   */
  static int unescape(byte[] b, int from, int to, byte[] target) {
    int length = 0;
    int at = from;
    while (true) {
      int plain = ByteScan.indexOf((byte) '\\', b, at, to) - at;
      System.arraycopy(b, at, target, length, plain);
      at += plain;
      length += plain;
      if (at == to) {
        return length;
      }
      int character = b[at + 1] == 'u' ? hexadecimal(b, at + 2) : escaped(b[at + 1]);
      if (Character.isSurrogate((char) character)) {
        return UNKNOWN;
      }
      length = append(character, target, length);
      at += b[at + 1] == 'u' ? 6 : 2;
    }
  }

  /** The index after null, true, false, or a whole number as Jackson would print it. */
  static int wordEnd(byte[] b, int from, int to) {
    int end = numberEnd(b, from, to);
    for (int i = 0; end == from && i < WORDS.length; i++) {
      if (ByteScan.startsWith(b, from, to, WORDS[i])) {
        end = from + WORDS[i].length;
      }
    }
    return end > from && (end == to || endsWord(b[end])) ? end : UNKNOWN;
  }

  /** Whether a word is the one for no value. */
  static boolean isNull(byte[] b, int from, int to) {
    return is(NULL, b, from, to);
  }

  private static int afterEscape(byte[] b, int at, int to) {
    if (at + 1 >= to) {
      return UNKNOWN;
    }
    if (b[at + 1] == 'u') {
      return at + 6 <= to && hexadecimal(b, at + 2) >= 0 ? at + 6 : UNKNOWN;
    }
    return escaped(b[at + 1]) >= 0 ? at + 2 : UNKNOWN;
  }

  /** The character of an escape of one letter, or -1. */
  private static int escaped(byte c) {
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  /** The character of four digits, or -1. */
  private static int hexadecimal(byte[] b, int from) {
    int character = 0;
    for (int at = from; at < from + 4; at++) {
      int digit = b[at] < 0 ? -1 : Character.digit(b[at], 16);
      if (digit < 0) {
        return -1;
      }
      character = (character << 4) | digit;
    }
    return character;
  }

  /** As UTF-8, which is never longer than the escape. */
  private static int append(int character, byte[] target, int length) {
    int to = length;
    if (character < 0x80) {
      target[to++] = (byte) character;
    } else if (character < 0x800) {
      target[to++] = (byte) (0xC0 | (character >> 6));
      target[to++] = (byte) (0x80 | (character & 0x3F));
    } else {
      target[to++] = (byte) (0xE0 | (character >> 12));
      target[to++] = (byte) (0x80 | ((character >> 6) & 0x3F));
      target[to++] = (byte) (0x80 | (character & 0x3F));
    }
    return to;
  }

  private static boolean is(byte[] word, byte[] b, int from, int to) {
    return to - from == word.length && ByteScan.startsWith(b, from, to, word);
  }

  /** The index after a whole number, or {@code from} where there is none. */
  private static int numberEnd(byte[] b, int from, int to) {
    int digits = from < to && b[from] == '-' ? from + 1 : from;
    int end = digits;
    while (end < to && b[end] >= '0' && b[end] <= '9') {
      end++;
    }
    boolean plain =
        end - digits == 1
            ? b[digits] != '0' || digits == from
            : end > digits && end - digits <= MAX_DIGITS && b[digits] != '0';
    return plain ? end : from;
  }

  private static boolean endsWord(byte c) {
    return c == ',' || c == '}' || c == ']' || ByteScan.isBlank(c);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
