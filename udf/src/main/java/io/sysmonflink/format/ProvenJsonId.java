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

  /**
   * {@code EventID}, {@code eventID}, {@code event_id}, and {@code event} with its {@code code}.
   */
  private final Occurrences vent = new Occurrences("vent");

  private final Occurrences code = new Occurrences("\"code\"");
  private final Occurrences unicodeEscapes = new Occurrences("\\u");

  private String text = "";

  /** Takes the next view. */
  void reset(String view) {
    text = view;
    vent.reset(view);
    code.reset(view);
    unicodeEscapes.reset(view);
  }

  /** The id of the object in {@code text[start, end)}, or {@link EventIds#NOT_AN_ID}: parse it. */
  int of(int start, int end) {
    int id = EventIds.NOT_AN_ID;
    int eventCode = EventIds.NOT_AN_ID;
    boolean anyCode = false;
    for (int at = vent.next(start, end); at != Occurrences.NONE; at = vent.next(at + 4, end)) {
      int nameEnd = text.startsWith("ID", at + 4) ? at + 6 : at + 7;
      if (nameEnd == at + 6 || text.startsWith("_id", at + 4)) {
        if (id != EventIds.NOT_AN_ID || at - 2 <= start || !isIdName(at - 1, nameEnd)) {
          return EventIds.NOT_AN_ID;
        }
        id = numberOf(start, at - 2, nameEnd + 1, end);
        if (id == EventIds.NOT_AN_ID) {
          return EventIds.NOT_AN_ID;
        }
      } else if (text.startsWith("\"", at + 4) && !endsValue(at + 5, end)) {
        int before = eventCode;
        eventCode = codeIn(at + 5, end);
        anyCode |=
            eventCode == EventIds.NOT_AN_ID
                || (before != EventIds.NOT_AN_ID && before != eventCode);
      }
    }
    return id != EventIds.NOT_AN_ID
            && (eventCode == EventIds.NOT_AN_ID || eventCode == id)
            && (!anyCode || codeIs(id, start, end))
            && !hasSpellingEscape(start, end)
            && isEightBit(start, end)
        ? id
        : EventIds.NOT_AN_ID;
  }

  /** Whether the letter before {@code vent} is its first, and all stands in quotes. */
  private boolean isIdName(int from, int to) {
    char first = text.charAt(from);
    return text.charAt(from - 1) == '"'
        && text.startsWith("\"", to)
        && (first == 'e' || (first == 'E' && text.charAt(to - 1) == 'D'));
  }

  /** Whether what ends here is a value and no key. */
  private boolean endsValue(int afterQuote, int end) {
    int next = Latin1.skipBlank(text, afterQuote, end);
    return next < end && (text.charAt(next) == ',' || text.charAt(next) == '}');
  }

  /**
   * The number that the {@code code} of an object is, if the object's key ends here and {@code
   * code} comes before anything in braces and any escape; else {@link EventIds#NOT_AN_ID}.
   */
  private int codeIn(int afterKey, int end) {
    int colon = Latin1.skipBlank(text, afterKey, end);
    int open = Latin1.skipBlank(text, colon + 1, end);
    if (open >= end || text.charAt(colon) != ':' || text.charAt(open) != '{') {
      return EventIds.NOT_AN_ID;
    }
    int at = code.next(open, end);
    for (int i = open + 1; i < at; i++) {
      char c = text.charAt(i);
      if (c == '{' || c == '}' || c == '\\') {
        return EventIds.NOT_AN_ID;
      }
    }
    return at == Occurrences.NONE ? EventIds.NOT_AN_ID : numberOf(open, at, at + 6, end);
  }

  /** Whether no {@code code} is another id, wherever it stands. */
  private boolean codeIs(int id, int start, int end) {
    int at = code.next(start, end);
    return at == Occurrences.NONE
        || (numberOf(start, at, at + 6, end) == id && code.next(at + 6, end) == Occurrences.NONE);
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

  /** Whether an escape may stand for a letter or digit of a name or number. */
  private boolean hasSpellingEscape(int start, int end) {
    for (int at = unicodeEscapes.next(start, end);
        at != Occurrences.NONE;
        at = unicodeEscapes.next(at + 2, end)) {
      int first = at;
      while (text.charAt(first - 1) == '\\') {
        first--;
      }
      boolean escapes = (at - first) % 2 == 0;
      if (escapes && isSpelling(at + 2)) {
        return true;
      }
    }
    return false;
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
