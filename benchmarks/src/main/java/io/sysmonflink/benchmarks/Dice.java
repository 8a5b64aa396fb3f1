package io.sysmonflink.benchmarks;

import java.util.List;
import java.util.Random;

/**
 * Chance by a seed. It is {@link Random}, because Java's specification fixes its numbers: the same
 * seed gives the same log on every Java.
 */
final class Dice {
  private static final String HEX = "0123456789ABCDEF";
  private final Random random;

  Dice(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int from, int to) {
    return from + random.nextInt(to - from);
  }

  /** Whether it happens, of ten thousand times so many. */
  boolean inTenThousand(int times) {
    return random.nextInt(10_000) < times;
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  String hex(int digits) {
    StringBuilder text = new StringBuilder(digits);
    for (int i = 0; i < digits; i += 8) {
      int bits = random.nextInt();
      for (int j = i; j < digits && j < i + 8; j++) {
        text.append(HEX.charAt(bits & 15));
        bits >>>= 4;
      }
    }
    return text.toString();
  }
}
