package io.sysmonflink.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Cuts values to a length that they may have in JSON.
 *
 * <p>A text that was cut ends in a mark: {@code ...[614400 bytes in all, SHA-256 9f86...]}. A text
 * that ends so by itself gets a mark of its own, cut or not. So what ends in a mark was marked
 * here, by the SHA-256 of the whole: two texts that differ never become one, whoever wrote them.
 */
final class CutText {

  private static final String HASH = "SHA-256";
  private static final Pattern MARK =
      Pattern.compile("\\.\\.\\.\\[\\d{1,10} bytes in all, SHA-256 [0-9a-f]{64}]");

  /** The mark of a text whose length has ten digits. */
  private static final int LONGEST_MARK = mark(new byte[0]).length + 9;

  private CutText() {}

  /** How many bytes a text, as UTF-8, takes in JSON, the quotes around it left out. */
  static int size(byte[] utf8) {
    int size = 0;
    for (byte b : utf8) {
      size += size(b);
    }
    return size;
  }

  private static int size(byte b) {
    return switch (b) {
      case '"', '\\', '\b', '\t', '\n', '\f', '\r' -> 2;
      default -> {
        if (b >= 0 && b < ' ') {
          yield 6; // by its number
        }
        // The first of four bytes, of which JSON makes two numbers in 12.
        yield (b & 0xF8) == 0xF0 ? 9 : 1;
      }
    };
  }

  /** How many bytes so many bytes take as base64. */
  static int base64Size(int bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (bytes + 2L) / 3 * 4);
  }

  /** Whether a text ends in what a mark looks like. */
  static boolean isMarked(byte[] utf8) {
    if (utf8.length == 0 || utf8[utf8.length - 1] != ']') {
      return false;
    }
    int from = Math.max(0, utf8.length - LONGEST_MARK);
    String end = new String(utf8, from, utf8.length - from, ISO_8859_1);
    int mark = end.lastIndexOf("...[");
    return mark >= 0 && MARK.matcher(end.substring(mark)).matches();
  }

  /** The mark of a text; it takes as many bytes in JSON as it has. */
  static byte[] mark(byte[] utf8) {
    String mark = "...[" + utf8.length + " bytes in all, SHA-256 " + sha256(utf8) + "]";
    return mark.getBytes(US_ASCII);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(HASH).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /**
   * A text with a mark if it is too long or ends as if it had one, and itself if not. What is no
   * longer than a mark stays as it is, and a mark is never cut.
   *
   * @param longest how many bytes it may take in JSON
   */
  static byte[] cut(byte[] utf8, int longest) {
    int size = size(utf8);
    boolean marked = isMarked(utf8);
    if (size <= Math.max(longest, LONGEST_MARK) && !marked) {
      return utf8;
    }
    byte[] mark = mark(utf8);
    int end = fitting(utf8, longest - mark.length);
    byte[] cut = Arrays.copyOf(utf8, end + mark.length);
    System.arraycopy(mark, 0, cut, end, mark.length);
    return cut;
  }

  /** How many bytes from the first on have room, so that no character is cut in two. */
  private static int fitting(byte[] utf8, int room) {
    int left = room;
    int end = 0;
    while (end < utf8.length && size(utf8[end]) <= left) {
      left -= size(utf8[end]);
      end++;
    }
    while (end > 0 && end < utf8.length && (utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  /**
   * The first bytes, as many as have room as base64, and all if they have.
   *
   * @param longest how many bytes they may take in JSON
   */
  static byte[] cutBytes(byte[] bytes, int longest) {
    return base64Size(bytes.length) <= longest ? bytes : Arrays.copyOf(bytes, longest / 4 * 3);
  }
}
