package io.sysmonflink.decode.event;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Set;

/**
 * The event ids that some detection asks for. An id is an unsigned 16-bit number, as in Windows.
 */
public final class EventIds implements java.io.Serializable {

  private static final long serialVersionUID = 1L;

  public static final int MAX_ID = 0xFFFF;

  /** What the parsers return for a text that is no event id. */
  public static final int NOT_AN_ID = -1;

  private final BitSet wanted;
  private final boolean all;

  private EventIds(BitSet wanted, boolean all) {
    this.wanted = wanted;
    this.all = all;
  }

  /** Every id. */
  public static EventIds all() {
    return new EventIds(new BitSet(), true);
  }

  /** These ids, each from 0 to 65535. */
  public static EventIds of(Set<Integer> ids) {
    BitSet wanted = new BitSet();
    for (int id : ids) {
      if (id < 0 || id > MAX_ID) {
        throw new IllegalArgumentException("an event id is a number from 0 to 65535, not " + id);
      }
      wanted.set(id);
    }
    return new EventIds(wanted, false);
  }

  public boolean isWanted(int id) {
    return all || wanted.get(id);
  }

  /** The same of bytes that are UTF-8. */
  public static int parse(byte[] b, int from, int to) {
    int id = 0;
    int at = from;
    while (at < to && at - from < 5 && b[at] >= '0' && b[at] <= '9') {
      id = id * 10 + b[at++] - '0';
    }
    if (at == to && at > from && id <= MAX_ID) {
      return id; // nearly always, and without a String
    }
    String text = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    return parse(text, 0, text.length());
  }

  /** The id that a text spells in digits, white space around it allowed, or {@link #NOT_AN_ID}. */
  public static int parse(CharSequence text, int from, int to) {
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    if (from == to || to - from > 5) {
      return NOT_AN_ID;
    }
    int id = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return NOT_AN_ID;
      }
      id = id * 10 + c - '0';
    }
    return id <= MAX_ID ? id : NOT_AN_ID;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
