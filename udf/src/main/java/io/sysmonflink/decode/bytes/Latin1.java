package io.sysmonflink.decode.bytes;

import java.nio.charset.StandardCharsets;

/**
 * Searches in bytes seen as Latin-1 text: one char a byte, so that an index into the text is an
 * index into the bytes, and {@code String.indexOf} runs at the speed of the JVM's intrinsics.
 */
public final class Latin1 {

  private Latin1() {}

  public static String view(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  public static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** The first index from {@code from} that is not blank, or {@code to}. */
  public static int skipBlank(String text, int from, int to) {
    int i = from;
    while (i < to && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The index after the last char before {@code to} that is not blank, or {@code from}. */
  public static int trimEnd(String text, int from, int to) {
    int i = to;
    while (i > from && isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }
}
