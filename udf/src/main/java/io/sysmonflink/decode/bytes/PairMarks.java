package io.sysmonflink.decode.bytes;

/**
 * Where one of two pairs of ASCII letters stands in a run of bytes, a byte of any kind between the
 * two of a pair. A rare pair is found in a fraction of the time that a search for a word takes.
 *
 * <p>The bytes are marked in a loop without branches over arrays of the same indices, which is what
 * Java compiles to the processor's widest registers. So pieces of the run are copied to such arrays
 * first, once as they are and once two bytes ahead (ADR 12).
 */
public final class PairMarks {

  public static final int NONE = -1;

  /** From the first letter of a pair to its second. */
  static final int APART = 2;

  /** All three arrays stay in the processor's nearest cache. */
  private static final int PIECE = 8 << 10;

  private final byte first;
  private final byte second;
  private final byte otherFirst;
  private final byte otherSecond;

  private final byte[] here = new byte[PIECE];
  private final byte[] ahead = new byte[PIECE];

  /** The high bit of a byte is set where a pair begins. */
  private final byte[] marks = new byte[PIECE];

  private byte[] b = {};
  private int length;

  /** The part of the run that the marks are of. */
  private int markedFrom;

  private int markedTo;

  public PairMarks(char first, char second, char otherFirst, char otherSecond) {
    this.first = (byte) first;
    this.second = (byte) second;
    this.otherFirst = (byte) otherFirst;
    this.otherSecond = (byte) otherSecond;
  }

  /** Takes the next run of bytes. */
  public void reset(byte[] b, int length) {
    this.b = b;
    this.length = length;
    markedFrom = 0;
    markedTo = 0;
  }

  /** The first pair at or after {@code from} that begins before {@code end}, or {@link #NONE}. */
  public int next(int from, int end) {
    int last = Math.min(end, length - APART);
    int at = from;
    while (at < last) {
      if (at < markedFrom || at >= markedTo) {
        mark(at);
      }
      int to = Math.min(last, markedTo) - markedFrom;
      int found = ByteScan.notAscii(marks, at - markedFrom, to);
      if (found < to) {
        return markedFrom + found;
      }
      at = markedFrom + to;
    }
    return NONE;
  }

  private void mark(int from) {
    int count = Math.min(PIECE, length - APART - from);
    System.arraycopy(b, from, here, 0, count);
    System.arraycopy(b, from + APART, ahead, 0, count);
    mark(here, ahead, marks, count, first, second, otherFirst, otherSecond);
    markedFrom = from;
    markedTo = from + count;
  }

  /** Of what is nothing but zero bits, one less has the high bit set, and so has its complement. */
  private static void mark(
      byte[] here, byte[] ahead, byte[] marks, int count, byte a, byte b, byte c, byte d) {
    for (int i = 0; i < count; i++) {
      int one = (here[i] ^ a) | (ahead[i] ^ b);
      int other = (here[i] ^ c) | (ahead[i] ^ d);
      marks[i] = (byte) (((one - 1) & ~one) | ((other - 1) & ~other));
    }
  }
}
