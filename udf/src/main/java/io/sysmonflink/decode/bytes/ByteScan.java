package io.sysmonflink.decode.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes at a time, as the bytes of a long ("SIMD within a register"). Of a byte
 * {@code x}, {@code (x - 1) & ~x & 0x80} is set if and only if it is zero; in a long, a borrow can
 * set it wrongly only behind a byte that is zero, so the first one is always right. That finds a
 * byte {@code c}, since {@code x ^ c} is zero then, and with {@code x - n} one below {@code n}.
 *
 * <p>Source: Warren, Hacker's Delight, 6-1.
 */
public final class ByteScan {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private static final long QUOTE = '"' * ONES;
  private static final long BACKSLASH = '\\' * ONES;
  private static final long SPACE = ' ' * ONES;
  private static final long AMPERSAND = '&' * ONES;

  /** Setting this bit makes a {@code <} a {@code >}, and no other byte one of the two. */
  private static final long BRACKET_BIT = 0x02 * ONES;

  private static final long BRACKET = '>' * ONES;

  /** The first byte of U+FFFE and U+FFFF, among others. */
  private static final long NONCHARACTER = 0xEFEFEFEFEFEFEFEFL;

  private ByteScan() {}

  /** The first index that holds no ASCII, or {@code to}. */
  public static int notAscii(byte[] b, int from, int to) {
    int i = from;
    // Nearly all is, so four at a time, for as long as they are.
    while (i + 32 <= to
        && (((long) LONGS.get(b, i)
                    | (long) LONGS.get(b, i + 8)
                    | (long) LONGS.get(b, i + 16)
                    | (long) LONGS.get(b, i + 24))
                & HIGH)
            == 0) {
      i += 32;
    }
    for (; i + 8 <= to; i += 8) {
      long high = (long) LONGS.get(b, i) & HIGH;
      if (high != 0) {
        return i + place(high);
      }
    }
    while (i < to && b[i] >= 0) {
      i++;
    }
    return i;
  }

  /**
   * The first index that holds what a JSON string cannot or must not hold as it stands: a quote, a
   * backslash, a control character; or {@code to}.
   */
  public static int jsonSpecial(byte[] b, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long x = (long) LONGS.get(b, i);
      long found = (zero(x ^ QUOTE) | zero(x ^ BACKSLASH) | ((x - SPACE) & ~x)) & HIGH;
      if (found != 0) {
        return i + place(found);
      }
    }
    while (i < to && !isJsonSpecial(b[i])) {
      i++;
    }
    return i;
  }

  /**
   * The first index that holds what XML text may not hold as it stands, or may not everywhere: a
   * bracket, an ampersand, a control character, the first byte of U+FFFE; or {@code to}.
   */
  public static int xmlSpecial(byte[] b, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long found = xmlSpecial((long) LONGS.get(b, i)) & HIGH;
      if (found != 0) {
        return i + place(found);
      }
    }
    while (i < to && !isXmlSpecial(b[i])) {
      i++;
    }
    return i;
  }

  /** The same within an attribute's value, which ends with {@code quote}. */
  public static int xmlQuoted(byte[] b, int from, int to, byte quote) {
    long quotes = quote * ONES;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long x = (long) LONGS.get(b, i);
      long found = (zero(x ^ quotes) | xmlSpecial(x)) & HIGH;
      if (found != 0) {
        return i + place(found);
      }
    }
    while (i < to && b[i] != quote && !isXmlSpecial(b[i])) {
      i++;
    }
    return i;
  }

  /** The first index that holds {@code c}, which is ASCII, or {@code to}. */
  public static int indexOf(byte c, byte[] b, int from, int to) {
    long wanted = c * ONES;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long found = zero((long) LONGS.get(b, i) ^ wanted) & HIGH;
      if (found != 0) {
        return i + place(found);
      }
    }
    while (i < to && b[i] != c) {
      i++;
    }
    return i;
  }

  /** Whether all of {@code token} stands in {@code b[at, end)}, at its beginning. */
  public static boolean startsWith(byte[] b, int at, int end, byte[] token) {
    int length = token.length;
    if (end - at < length) {
      return false;
    }
    if (length < 8) {
      for (int i = 0; i < length; i++) {
        if (b[at + i] != token[i]) {
          return false;
        }
      }
      return true;
    }
    int last = length - 8;
    for (int i = 0; i < last; i += 8) {
      if ((long) LONGS.get(b, at + i) != (long) LONGS.get(token, i)) {
        return false;
      }
    }
    // Perhaps some of these once more: that is less than to look at each of the rest.
    return (long) LONGS.get(b, at + last) == (long) LONGS.get(token, last);
  }

  /** Whether this is white space to JSON and XML. */
  public static boolean isBlank(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** The first index from {@code from} that is not blank, or {@code to}. */
  public static int skipBlank(byte[] b, int from, int to) {
    int i = from;
    while (i < to && isBlank(b[i])) {
      i++;
    }
    return i;
  }

  /** A number for these bytes, at least one; few of the same length and ends have the same. */
  public static int hash(byte[] b, int from, int to) {
    int length = to - from;
    long hash = length;
    if (length >= 8) {
      hash = hash * 31 + (long) LONGS.get(b, from);
      hash = hash * 0x9E3779B97F4A7C15L + (long) LONGS.get(b, (from + to - 8) >>> 1);
      hash = hash * 0x9E3779B97F4A7C15L + (long) LONGS.get(b, to - 8);
    } else {
      for (int i = from; i < to; i++) {
        hash = hash * 31 + b[i];
      }
    }
    hash *= 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 32);
  }

  /** Has the high bit of the first byte of {@code x} that is zero; before that, none. */
  private static long zero(long x) {
    return (x - ONES) & ~x;
  }

  /** Has the high bit of the first byte of {@code x} that is XML special; before that, none. */
  private static long xmlSpecial(long x) {
    return zero((x | BRACKET_BIT) ^ BRACKET)
        | zero(x ^ AMPERSAND)
        | zero(x ^ NONCHARACTER)
        | ((x - SPACE) & ~x);
  }

  private static int place(long found) {
    return Long.numberOfTrailingZeros(found) >>> 3;
  }

  static boolean isJsonSpecial(byte c) {
    return c == '"' || c == '\\' || (c >= 0 && c < ' ');
  }

  static boolean isXmlSpecial(byte c) {
    return c == '<' || c == '>' || c == '&' || c == (byte) 0xEF || (c >= 0 && c < ' ');
  }
}
