package io.sysmonflink.wildcards;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.StringData;

/**
 * Patterns that are matched together. Those that ask only whether a piece is contained ({@code
 * *pastebin*}, as nearly all do) are looked for 32 at a time: two tables show for a byte and the
 * next one which pieces may begin there, a bit for each, and there seldom is one.
 */
public final class WildcardPatterns implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<WildcardPattern> others = new ArrayList<>();
  private final byte[][] contained;

  /** What one pass has no room for, or null. */
  private final WildcardPatterns rest;

  /** By a byte: the pieces that begin with it, in either case. */
  private final int[] first = new int[256];

  /** By a byte: the pieces that have it in second place, and those that have none. */
  private final int[] second = new int[256];

  /** The pieces of one byte. */
  private int single;

  WildcardPatterns(List<WildcardPattern> patterns) {
    List<byte[]> pieces = new ArrayList<>();
    List<WildcardPattern> left = new ArrayList<>();
    for (WildcardPattern pattern : patterns) {
      byte[] piece = pattern.containedPiece();
      if (piece == null) {
        others.add(pattern);
      } else if (pieces.size() == Integer.SIZE) {
        left.add(pattern);
      } else {
        add(piece, 1 << pieces.size());
        pieces.add(piece);
      }
    }
    contained = pieces.toArray(new byte[0][]);
    rest = left.isEmpty() ? null : new WildcardPatterns(left);
  }

  /**
   * Compiles patterns, each written as in SPL.
   *
   * @throws IllegalArgumentException if one is empty
   */
  public static WildcardPatterns of(List<String> patterns) {
    return new WildcardPatterns(patterns.stream().map(WildcardPattern::compile).toList());
  }

  private void add(byte[] piece, int bit) {
    mark(first, piece[0], bit);
    if (piece.length > 1) {
      mark(second, piece[1], bit);
    } else {
      single |= bit;
      for (int b = 0; b < second.length; b++) {
        second[b] |= bit;
      }
    }
  }

  private static void mark(int[] table, byte lower, int bit) {
    table[lower & 0xFF] |= bit;
    table[WildcardPattern.upper(lower) & 0xFF] |= bit;
  }

  /** Whether one of them matches a value; none matches one that is missing. */
  public boolean anyMatches(StringData value) {
    return value != null && anyMatches(WildcardPattern.fold(value.toBytes()));
  }

  /** Whether one of them matches; the value comes from {@link WildcardPattern#fold}. */
  boolean anyMatches(byte[] value) {
    if (anyContained(value) || (rest != null && rest.anyMatches(value))) {
      return true;
    }
    for (WildcardPattern pattern : others) {
      if (pattern.matches(value)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyContained(byte[] value) {
    int last = value.length - 1;
    for (int i = 0; i < last; i++) {
      int candidates = first[value[i] & 0xFF] & second[value[i + 1] & 0xFF];
      if (candidates != 0 && oneIsAt(value, i, candidates)) {
        return true;
      }
    }
    return last >= 0 && (first[value[last] & 0xFF] & single) != 0;
  }

  private boolean oneIsAt(byte[] value, int position, int candidates) {
    for (int left = candidates; left != 0; left &= left - 1) {
      byte[] piece = contained[Integer.numberOfTrailingZeros(left)];
      if (WildcardPattern.isAt(value, position, value.length, piece)) {
        return true;
      }
    }
    return false;
  }
}
