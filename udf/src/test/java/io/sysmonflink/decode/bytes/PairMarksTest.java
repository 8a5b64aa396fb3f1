package io.sysmonflink.decode.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The pairs that are marked are those that a look at each byte finds. */
class PairMarksTest {

  /** Both pairs' letters, what differs from them in one bit, and what is no ASCII. */
  private static final byte[] TELLING =
      "vn\\0wVfoN\u00f6\u00ee1 \u0000\u0001\u0080\u00ff".getBytes(StandardCharsets.ISO_8859_1);

  /** More than are marked at a time. */
  private static final int LONG = 20_000;

  private final PairMarks marks = new PairMarks('v', 'n', '\\', '0');

  @Property(tries = 300)
  void findsWhatALookAtEachByteFinds(
      @ForAll long seed, @ForAll @IntRange(max = LONG) int length, @ForAll boolean rare) {
    byte[] b = random(new Random(seed), length + 10, rare);
    int from = new Random(seed).nextInt(length + 1);

    assertThat(pairs(b, length, 0, length)).isEqualTo(pairsOneByOne(b, 0, length));
    assertThat(pairs(b, length, from, length)).isEqualTo(pairsOneByOne(b, from, length));
    // Back again in the same run, and not up to its end.
    assertThat(marked(0, from)).isEqualTo(pairsOneByOne(b, 0, length, from));
  }

  @Test
  void aPairMayBeginInOnePieceAndEndInTheNext() {
    for (int at = 8_185; at < 8_200; at++) {
      byte[] b = new byte[10_000];
      b[at] = 'v';
      b[at + PairMarks.APART] = 'n';
      assertThat(pairs(b, b.length, 0, b.length)).containsExactly(at);
    }
  }

  @Test
  void whatLiesBehindTheRunIsNoPartOfAPair() {
    byte[] b = {'v', 'x', 'n', 'v', 'x', 'n'};
    assertThat(pairs(b, 5, 0, 5)).containsExactly(0);
    assertThat(pairs(b, 1, 0, 1)).isEmpty();
  }

  private List<Integer> pairs(byte[] b, int length, int from, int end) {
    marks.reset(b, length);
    return marked(from, end);
  }

  private List<Integer> marked(int from, int end) {
    List<Integer> found = new ArrayList<>();
    for (int at = marks.next(from, end); at != PairMarks.NONE; at = marks.next(at + 1, end)) {
      found.add(at);
    }
    return found;
  }

  private static List<Integer> pairsOneByOne(byte[] b, int from, int length) {
    return pairsOneByOne(b, from, length, length);
  }

  private static List<Integer> pairsOneByOne(byte[] b, int from, int length, int end) {
    List<Integer> found = new ArrayList<>();
    for (int i = from; i < end && i + 2 < length; i++) {
      if ((b[i] == 'v' && b[i + 2] == 'n') || (b[i] == '\\' && b[i + 2] == '0')) {
        found.add(i);
      }
    }
    return found;
  }

  private static byte[] random(Random random, int length, boolean rare) {
    byte[] b = new byte[length];
    for (int i = 0; i < length; i++) {
      b[i] = rare && random.nextInt(50) > 0 ? (byte) 'x' : TELLING[random.nextInt(TELLING.length)];
    }
    return b;
  }
}
