package io.sysmonflink.decode.bytes;

import java.util.Arrays;
import org.apache.flink.table.data.StringData;

/**
 * The texts of values, made once for values that come again and again: a host, a channel, a
 * program. A value has one place by its hash, and takes it when it is missed there twice in a row:
 * so the size is fixed, and what comes only once does not drive out the others.
 */
public final class ValueCache {

  private static final int PLACES = 2048;

  /** Longer values seldom come again. */
  private static final int MAX_LENGTH = 160;

  private final byte[][] bytes = new byte[PLACES][];
  private final StringData[] texts = new StringData[PLACES];

  /** The hash of the last value that was missed in each place. */
  private final int[] missed = new int[PLACES];

  /** The text of the bytes, which are UTF-8; null where there are none. */
  public StringData text(byte[] b, int from, int to) {
    if (from == to) {
      return null;
    }
    if (to - from > MAX_LENGTH) {
      return StringData.fromBytes(Arrays.copyOfRange(b, from, to));
    }
    int hash = ByteScan.hash(b, from, to);
    int place = hash & (PLACES - 1);
    byte[] known = bytes[place];
    if (known != null && known.length == to - from && ByteScan.startsWith(b, from, to, known)) {
      return texts[place];
    }
    byte[] copy = Arrays.copyOfRange(b, from, to);
    StringData text = StringData.fromBytes(copy);
    if (missed[place] == hash) {
      bytes[place] = copy;
      texts[place] = text;
    }
    missed[place] = hash;
    return text;
  }
}
