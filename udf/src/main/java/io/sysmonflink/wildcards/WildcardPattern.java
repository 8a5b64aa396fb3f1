package io.sysmonflink.wildcards;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One value of Splunk's {@code field IN (...)}: {@code *} stands for any run of characters (an
 * empty one and line ends too), everything else for itself, in either case; the whole value must
 * match.
 *
 * <p>The pattern is cut at its stars. The first piece must stand at the value's start and the last
 * at its end, unless a star is there; each piece between is taken where it occurs first, which
 * leaves the most room for the rest. So nothing is ever tried twice, and the time is linear in the
 * value.
 *
 * <p>Two characters are the same if {@link Character#toLowerCase(int)} of {@link
 * Character#toUpperCase(int)} is, as in {@link String#equalsIgnoreCase}. So a few letters outside
 * ASCII match one inside: the Kelvin sign a k, the long s an s, the Turkish i's an i. Both sides
 * are compared as UTF-8 after that folding: no character's UTF-8 begins inside another's.
 */
public final class WildcardPattern implements Serializable {

  private static final long serialVersionUID = 1L;

  private final byte[][] pieces;
  private final boolean atStart;
  private final boolean atEnd;

  private WildcardPattern(byte[][] pieces, boolean atStart, boolean atEnd) {
    this.pieces = pieces;
    this.atStart = atStart;
    this.atEnd = atEnd;
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException if it is empty: it could match nothing, as an empty value is a
   *     missing field to Splunk
   */
  public static WildcardPattern compile(String pattern) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("a pattern must not be empty");
    }
    byte[] folded = fold(pattern.getBytes(UTF_8));
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= folded.length; i++) {
      if (i == folded.length || folded[i] == '*') {
        if (i > from) {
          byte[] piece = new byte[i - from];
          for (int j = from; j < i; j++) {
            piece[j - from] = lower(folded[j]);
          }
          pieces.add(piece);
        }
        from = i + 1;
      }
    }
    return new WildcardPattern(
        pieces.toArray(new byte[0][]), folded[0] != '*', folded[folded.length - 1] != '*');
  }

  /**
   * Makes UTF-8 bytes ready for {@link #matches}: the same array if they are ASCII, else a copy in
   * folded case.
   */
  public static byte[] fold(byte[] utf8) {
    int bits = 0;
    for (byte b : utf8) {
      bits |= b;
    }
    if (bits >= 0) {
      return utf8;
    }
    return new String(utf8, UTF_8)
        .codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .getBytes(UTF_8);
  }

  /** The piece, where the pattern only asks whether the value has it somewhere; else null. */
  byte[] containedPiece() {
    return pieces.length == 1 && !atStart && !atEnd ? pieces[0] : null;
  }

  /** Whether the whole value matches; the value comes from {@link #fold}. */
  public boolean matches(byte[] value) {
    int start = 0;
    int end = value.length;
    int first = 0;
    int last = pieces.length;
    if (atStart) {
      byte[] piece = pieces[first++];
      if (!isAt(value, start, end, piece)) {
        return false;
      }
      start += piece.length;
      if (atEnd && last == 1) {
        return start == end;
      }
    }
    if (atEnd) {
      byte[] piece = pieces[--last];
      end -= piece.length;
      if (end < start || !isAt(value, end, value.length, piece)) {
        return false;
      }
    }
    for (int i = first; i < last; i++) {
      int found = indexOf(value, start, end, pieces[i]);
      if (found < 0) {
        return false;
      }
      start = found + pieces[i].length;
    }
    return true;
  }

  private static int indexOf(byte[] value, int start, int end, byte[] piece) {
    byte lower = piece[0];
    byte upper = upper(lower);
    for (int i = start; i <= end - piece.length; i++) {
      byte b = value[i];
      if ((b == lower || b == upper) && isAt(value, i, end, piece)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a piece, which is in lower case, stands here in either case. */
  static boolean isAt(byte[] value, int position, int end, byte[] piece) {
    if (end - position < piece.length) {
      return false;
    }
    for (int i = 0; i < piece.length; i++) {
      if (lower(value[position + i]) != piece[i]) {
        return false;
      }
    }
    return true;
  }

  static byte upper(byte b) {
    return b >= 'a' && b <= 'z' ? (byte) (b - 32) : b;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }
}
