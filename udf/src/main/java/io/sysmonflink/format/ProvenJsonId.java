package io.sysmonflink.format;

/**
 * Tells the event id of a JSON object without parsing it, where it can be no other: no value but
 * one has a name that some shape reads the id from, and that one is a number.
 *
 * <p>If the object is valid, what stands here as a key is one, since the quote before it follows a
 * brace or a comma: as the end of a string it would be followed by the key's letters. The same
 * words anywhere else (in text, in a wrapped record, spelled with escapes) leave the record to the
 * parser. As with XML, a record that is passed over by its id is not validated.
 */
final class ProvenJsonId {

  private static final int NONE = -1;
  private static final int SEVERAL = -2;

  /** In {@code EventID}, {@code eventID}, {@code event_id}, and in {@code event}. */
  private static final String VENT = "vent";

  /** Of {@code event}. */
  private static final String CODE = "\"code\"";

  private byte[] b = {};
  private String text = "";

  /**
   * Takes the next view.
   *
   * @param text the same bytes as Latin-1, with the same indices
   */
  void reset(byte[] b, String text) {
    this.b = b;
    this.text = text;
  }

  /** The id of the object in {@code text[start, end)}, or {@link EventIds#NOT_AN_ID}: parse it. */
  int of(int start, int end) {
    int id = EventIds.NOT_AN_ID;
    int codeAt = NONE;
    boolean eventNamed = false;
    int at = ByteScan.jsonIdSign(b, start, end);
    for (; at < end; at = ByteScan.jsonIdSign(b, at + 1, end)) {
      switch (b[at]) {
        case 'v' -> {
          if (!text.startsWith(VENT, at)) {
            continue;
          }
          int nameEnd = idNameEnd(at + VENT.length());
          if (nameEnd != NONE) {
            // A second one, or one that is no name, may be what the id is read from.
            id = id == EventIds.NOT_AN_ID ? namedId(start, at - 1, nameEnd, end) : NONE;
            if (id == EventIds.NOT_AN_ID) {
              return EventIds.NOT_AN_ID;
            }
          }
          eventNamed |= text.startsWith("\"", at + VENT.length());
        }
        case '"' -> {
          if (text.startsWith(CODE, at)) {
            codeAt = codeAt == NONE ? at : SEVERAL;
          }
        }
        default -> {
          if (isSpellingEscape(at)) {
            return EventIds.NOT_AN_ID;
          }
        }
      }
    }
    return id != EventIds.NOT_AN_ID
            && (!eventNamed || codeIs(id, codeAt, start, end))
            && isEightBit(start, end)
        ? id
        : EventIds.NOT_AN_ID;
  }

  /** Where the name of an id ends that goes on here, or {@link #NONE}. */
  private int idNameEnd(int at) {
    if (text.startsWith("ID", at)) {
      return at + 2;
    }
    return text.startsWith("_id", at) ? at + 3 : NONE;
  }

  private int namedId(int start, int nameFrom, int nameEnd, int end) {
    return nameFrom - 1 > start && isIdName(nameFrom, nameEnd)
        ? numberOf(start, nameFrom - 1, nameEnd + 1, end)
        : EventIds.NOT_AN_ID;
  }

  /** Whether the letter before {@code vent} is its first, and all stands in quotes. */
  private boolean isIdName(int from, int to) {
    char first = text.charAt(from);
    return text.charAt(from - 1) == '"'
        && text.startsWith("\"", to)
        && (first == 'e' || (first == 'E' && text.charAt(to - 1) == 'D'));
  }

  /** Winlogbeat's event without an {@code event_id} has it as {@code event.code}. */
  private boolean codeIs(int id, int codeAt, int start, int end) {
    return codeAt == NONE
        || (codeAt != SEVERAL && numberOf(start, codeAt, codeAt + CODE.length(), end) == id);
  }

  /** The value of the key whose quotes are at {@code open} and before {@code afterKey}. */
  private int numberOf(int start, int open, int afterKey, int end) {
    int before = Latin1.trimEnd(text, start, open) - 1;
    if (before < start || (text.charAt(before) != '{' && text.charAt(before) != ',')) {
      return EventIds.NOT_AN_ID;
    }
    int colon = Latin1.skipBlank(text, afterKey, end);
    int from = Latin1.skipBlank(text, colon + 1, end);
    if (from >= end || text.charAt(colon) != ':') {
      return EventIds.NOT_AN_ID;
    }
    boolean quoted = text.charAt(from) == '"';
    int digits = quoted ? from + 1 : from;
    int to = digits;
    while (to < end && text.charAt(to) >= '0' && text.charAt(to) <= '9') {
      to++;
    }
    boolean ends = to < end && (quoted ? text.charAt(to) == '"' : endsNumber(text.charAt(to)));
    return ends ? EventIds.parse(text, digits, to) : EventIds.NOT_AN_ID;
  }

  private static boolean endsNumber(char c) {
    return c == ',' || c == '}' || Latin1.isBlank(c);
  }

  /** Whether this backslash and u are an escape that may stand for part of a name or number. */
  private boolean isSpellingEscape(int at) {
    int first = at;
    while (text.charAt(first - 1) == '\\') {
      first--;
    }
    return (at - first) % 2 == 0 && isSpelling(at + 2);
  }

  /** Whether the four digits stand for a character from 0 to DEL, but for angle brackets. */
  private boolean isSpelling(int digits) {
    return text.startsWith("00", digits)
        && digits + 3 < text.length()
        && text.charAt(digits + 2) >= '3'
        && text.charAt(digits + 2) <= '7'
        && !text.regionMatches(true, digits + 2, "3c", 0, 2)
        && !text.regionMatches(true, digits + 2, "3e", 0, 2);
  }

  /** Jackson takes zeros in the first four bytes for another encoding, with other keys. */
  private boolean isEightBit(int start, int end) {
    for (int i = start; i < Math.min(end, start + 4); i++) {
      if (text.charAt(i) == 0) {
        return false;
      }
    }
    return true;
  }
}
