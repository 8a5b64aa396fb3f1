package io.sysmonflink.decode.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text that is wanted later, while the record is still being read: a copy, made without an
 * object.
 */
public final class TextBuffer {

  private byte[] bytes = new byte[64];
  private int length;

  public void clear() {
    length = 0;
  }

  /** Takes {@code b[from, to)}, which is UTF-8. */
  public void set(byte[] b, int from, int to) {
    length = to - from;
    if (length > bytes.length) {
      bytes = new byte[length];
    }
    System.arraycopy(b, from, bytes, 0, length);
  }

  /** Takes a text; null is as good as an empty one. */
  public void set(String text) {
    byte[] utf8 = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    set(utf8, 0, utf8.length);
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** Holds the text from its beginning to {@link #length}. */
  public byte[] bytes() {
    return bytes;
  }

  /** In bytes. */
  public int length() {
    return length;
  }

  /** Whether the text is this one. */
  public boolean is(byte[] text) {
    return Arrays.equals(bytes, 0, length, text, 0, text.length);
  }

  /** The text, or null where it is empty. */
  public String text() {
    return isEmpty() ? null : new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return String.valueOf(text());
  }
}
