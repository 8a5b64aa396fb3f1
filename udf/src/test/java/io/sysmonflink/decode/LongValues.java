package io.sysmonflink.decode;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Values of up to 70,000 characters, most of them about as long as a buffer is, with what must be
 * escaped and with characters of two to four bytes at and around every power of two.
 */
public final class LongValues {

  static final int MAX_LENGTH = 70_000;

  private static final List<String> SPECIAL =
      List.of(
          "&", "<", ">", "\"", "'", "\\", "\n", "\t", "&amp;", "é", "例", "\uD83D\uDE00", "{", "}");

  private LongValues() {}

  /** Few are long: each is written in every shape. */
  static Arbitrary<String> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, lengths(300)), Tuple.of(3, lengths(5_000)), Tuple.of(1, lengths(MAX_LENGTH)));
  }

  private static Arbitrary<String> lengths(int max) {
    return Arbitraries.randomValue(random -> of(random, length(random, max)));
  }

  /** Near a power of two, or any. */
  private static int length(Random random, int max) {
    if (random.nextInt(3) == 0) {
      return random.nextInt(max + 1);
    }
    int bits = 32 - Integer.numberOfLeadingZeros(max);
    return Math.min(max, Math.max(0, (1 << random.nextInt(bits)) + random.nextInt(7) - 3));
  }

  /** One of about so many characters. */
  public static String of(Random random, int length) {
    StringBuilder value = new StringBuilder(length + 8);
    while (value.length() < length) {
      int at = value.length();
      int toPower = Integer.highestOneBit(Math.max(1, at)) * 2 - at;
      boolean near = toPower <= 3 || at - Integer.highestOneBit(Math.max(1, at)) <= 3;
      if (near || random.nextInt(500) == 0) {
        value.append(SPECIAL.get(random.nextInt(SPECIAL.size())));
      } else {
        int plain = Math.min(length - at, Math.min(toPower - 3, 1 + random.nextInt(400)));
        value.append("abcdefghij".repeat(plain / 10 + 1), 0, plain);
      }
    }
    return value.toString();
  }
}
