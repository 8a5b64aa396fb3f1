package io.sysmonflink.decode.skip;

import io.sysmonflink.decode.bytes.ByteScan;
import io.sysmonflink.decode.bytes.PairMarks;
import io.sysmonflink.decode.event.EventIds;
import java.nio.charset.StandardCharsets;

/**
 * Tells the event id of a JSON object without parsing it, where it can be no other: no value but
 * one has a name that some shape reads the id from, and that one is a number.
 *
 * <p>If the object is valid, what stands here as a key is one, since the quote before it follows a
 * brace or a comma: as the end of a string it would be followed by the key's letters. The same
 * words anywhere else (in text, in a wrapped record, spelled with escapes) leave the record to the
 * parser. As with XML, a record that is passed over by its id is not validated.
 */
public final class ProvenJsonId {

  /** In {@code EventID}, {@code eventID}, {@code event_id}, and {@code event}, which has a code. */
  private static final byte[] VENT = ascii("vent");

  private static final byte[] CODE = ascii("\"code\"");

  /** The rest of {@code event.code}, where objects were made one with the paths as keys. */
  private static final byte[] DOTTED_CODE = ascii(".code");

  /** Of VENT, and of an escape of what may be a letter of a name: two zeros follow its u. */
  private final PairMarks marks = new PairMarks('v', 'n', '\\', '0');

  private byte[] b = {};

  /** Takes the next run of bytes. */
  public void reset(byte[] b, int length) {
    this.b = b;
    marks.reset(b, length);
  }

  /** The id of the object in {@code b[start, end)}, or {@link EventIds#NOT_AN_ID}: parse it. */
  public int of(int start, int end) {
    int id = EventIds.NOT_AN_ID;
    int eventCode = EventIds.NOT_AN_ID;
    boolean anyCode = false;
    for (int at = marks.next(start, end); at != PairMarks.NONE; at = marks.next(at + 1, end)) {
      boolean isVent = at + VENT.length + 1 < end && ByteScan.startsWith(b, at, end, VENT);
      if (isVent && b[at + 4] == '"') {
        if (!endsValue(at + 5, end)) {
          int before = eventCode;
          eventCode = codeIn(at + 5, end);
          anyCode |=
              eventCode == EventIds.NOT_AN_ID
                  || (before != EventIds.NOT_AN_ID && before != eventCode);
        }
      } else if (isVent && endsIdName(at + 4, end)) {
        int nameEnd = b[at + 4] == 'I' ? at + 6 : at + 7;
        if (id != EventIds.NOT_AN_ID || at - 2 <= start || !isIdName(at - 1, nameEnd, end)) {
          return EventIds.NOT_AN_ID;
        }
        id = numberOf(start, at - 2, nameEnd + 1, end);
        if (id == EventIds.NOT_AN_ID) {
          return EventIds.NOT_AN_ID;
        }
      } else if (isSpellingEscape(at, end)
          || (isVent && ByteScan.startsWith(b, at + 4, end, DOTTED_CODE))) {
        return EventIds.NOT_AN_ID;
      }
    }
    return id != EventIds.NOT_AN_ID
            && (eventCode == EventIds.NOT_AN_ID || eventCode == id)
            && (!anyCode || codeIs(id, start, end))
            && isEightBit(start, end)
        ? id
        : EventIds.NOT_AN_ID;
  }

  /** Whether {@code ID}, {@code Id} or {@code _id} stands here. */
  private boolean endsIdName(int at, int end) {
    return b[at] == 'I'
        ? (b[at + 1] | 0x20) == 'd'
        : b[at] == '_' && at + 2 < end && b[at + 1] == 'i' && b[at + 2] == 'd';
  }

  /** Whether the letter before {@code vent} is its first, and all stands in quotes. */
  private boolean isIdName(int from, int to, int end) {
    return b[from - 1] == '"'
        && to < end
        && b[to] == '"'
        && (b[to - 1] == 'D' || (b[from] == 'e' && b[to - 3] == '_'))
        && (b[from] == 'e' || b[from] == 'E');
  }

  /** Whether what ends here is a value and no key. */
  private boolean endsValue(int afterQuote, int end) {
    int next = ByteScan.skipBlank(b, afterQuote, end);
    return next < end && (b[next] == ',' || b[next] == '}');
  }

  /**
   * The number that the {@code code} of an object is, if the object's key ends here and {@code
   * code} comes before anything in braces and any escape; else {@link EventIds#NOT_AN_ID}.
   */
  private int codeIn(int afterKey, int end) {
    int colon = ByteScan.skipBlank(b, afterKey, end);
    int open = ByteScan.skipBlank(b, colon + 1, end);
    if (open >= end || b[colon] != ':' || b[open] != '{') {
      return EventIds.NOT_AN_ID;
    }
    for (int at = open + 1; at < end; at++) {
      byte c = b[at];
      if (c == '{' || c == '}' || c == '\\') {
        break;
      }
      if (c == '"' && ByteScan.startsWith(b, at, end, CODE)) {
        return numberOf(open, at, at + CODE.length, end);
      }
    }
    return EventIds.NOT_AN_ID;
  }

  /** Whether no {@code code} is another id, wherever it stands. */
  private boolean codeIs(int id, int start, int end) {
    int at = nextCode(start, end);
    return at == end
        || (numberOf(start, at, at + CODE.length, end) == id
            && nextCode(at + CODE.length, end) == end);
  }

  /** The next {@code code} that stands in quotes, or {@code end}. */
  private int nextCode(int from, int end) {
    int at = ByteScan.indexOf((byte) '"', b, from, end);
    while (at < end && !ByteScan.startsWith(b, at, end, CODE)) {
      at = ByteScan.indexOf((byte) '"', b, at + 1, end);
    }
    return at;
  }

  /** The value of the key whose quotes are at {@code open} and before {@code afterKey}. */
  private int numberOf(int start, int open, int afterKey, int end) {
    int before = open - 1;
    while (before >= start && ByteScan.isBlank(b[before])) {
      before--;
    }
    if (before < start || (b[before] != '{' && b[before] != ',')) {
      return EventIds.NOT_AN_ID;
    }
    int colon = ByteScan.skipBlank(b, afterKey, end);
    int from = ByteScan.skipBlank(b, colon + 1, end);
    if (from >= end || b[colon] != ':') {
      return EventIds.NOT_AN_ID;
    }
    boolean quoted = b[from] == '"';
    int digits = quoted ? from + 1 : from;
    int to = digits;
    while (to < end && b[to] >= '0' && b[to] <= '9') {
      to++;
    }
    boolean ends = to < end && (quoted ? b[to] == '"' : endsNumber(b[to]));
    return ends ? EventIds.parse(b, digits, to) : EventIds.NOT_AN_ID;
  }

  private static boolean endsNumber(byte c) {
    return c == ',' || c == '}' || ByteScan.isBlank(c);
  }

  /** Whether an escape begins here that stands for a letter or digit of a name or number. */
  private boolean isSpellingEscape(int at, int end) {
    if (b[at] != '\\' || b[at + 1] != 'u') {
      return false;
    }
    int first = at;
    while (b[first - 1] == '\\') {
      first--;
    }
    boolean escapes = (at - first) % 2 == 0;
    return escapes && isSpelling(at + 2, end);
  }

  /** Whether the four digits stand for a character from 0 to DEL, but for angle brackets. */
  private boolean isSpelling(int digits, int end) {
    if (digits + 4 > end || b[digits] != '0' || b[digits + 1] != '0') {
      return false;
    }
    byte high = b[digits + 2];
    int low = b[digits + 3] | 0x20;
    return high >= '3' && high <= '7' && !(high == '3' && (low == 'c' || low == 'e'));
  }

  /** Jackson takes zeros in the first four bytes for another encoding, with other keys. */
  private boolean isEightBit(int start, int end) {
    for (int i = start; i < Math.min(end, start + 4); i++) {
      if (b[i] == 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }
}
