package io.sysmonflink.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text that is wanted later, while the record is still being read: a copy, made without an
 * object.
 */
final class KeptText {

  private byte[] bytes = new byte[64];
  private int length;

  void clear() {
    length = 0;
  }

  /** Takes {@code b[from, to)}, which is UTF-8. */
  void set(byte[] b, int from, int to) {
    length = to - from;
    if (length > bytes.length) {
      bytes = new byte[length];
    }
    System.arraycopy(b, from, bytes, 0, length);
  }

  /** Takes a text; null is as good as an empty one. */
  void set(String text) {
    byte[] utf8 = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    set(utf8, 0, utf8.length);
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Holds the text from its beginning to {@link #length}. */
  byte[] bytes() {
    return bytes;
  }

  /** In bytes. */
  int length() {
    return length;
  }

  /** Whether the text is this one. */
  boolean is(byte[] text) {
    return Arrays.equals(bytes, 0, length, text, 0, text.length);
  }

  /** The text, or null where it is empty. */
  String text() {
    return isEmpty() ? null : new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return String.valueOf(text());
  }
}
