package io.sysmonflink.decode.frame;

import io.sysmonflink.decode.bytes.Latin1;

/**
 * Finds the end of a JSON object however it is laid out, and tells an object that goes on from one
 * in which something is missing: the structure must be JSON's at every character. What is within
 * strings, numbers and words is not looked at but for what bounds it.
 */
final class JsonStructure {

  /** What {@link #end} returns where the text is no JSON. */
  static final int INVALID = -1;

  /** What it returns where the text is the beginning of an object. */
  static final int UNFINISHED = -2;

  /** An object nested deeper is bad in any case. */
  private static final int MAX_DEPTH = 80;

  /** What may come next. */
  private enum Expected {
    /** A value, or the end of a list that is still empty. */
    FIRST_VALUE,
    VALUE,
    /** A name, or the end of an object that is still empty. */
    FIRST_NAME,
    NAME,
    COLON,
    /** A comma, or the end of the object or list. */
    NEXT
  }

  private final boolean[] inList = new boolean[MAX_DEPTH];

  /**
   * The index after the object that begins at {@code from}, or {@link #INVALID} or {@link
   * #UNFINISHED}.
   *
   * @param to no character from there on is looked at
   */
  int end(String text, int from, int to) {
    int depth = 0;
    Expected expected = Expected.VALUE;
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      if (Latin1.isBlank(c)) {
        at++;
        continue;
      }
      switch (c) {
        case '{', '[' -> {
          if (!isValue(expected) || depth == MAX_DEPTH) {
            return INVALID;
          }
          inList[depth++] = c == '[';
          expected = c == '[' ? Expected.FIRST_VALUE : Expected.FIRST_NAME;
          at++;
        }
        case '}', ']' -> {
          boolean mayEnd =
              expected == Expected.NEXT
                  || expected == (c == ']' ? Expected.FIRST_VALUE : Expected.FIRST_NAME);
          if (!mayEnd || inList[depth - 1] != (c == ']')) {
            return INVALID;
          }
          at++;
          if (--depth == 0) {
            return at;
          }
          expected = Expected.NEXT;
        }
        case ',' -> {
          if (expected != Expected.NEXT) {
            return INVALID;
          }
          expected = inList[depth - 1] ? Expected.VALUE : Expected.NAME;
          at++;
        }
        case ':' -> {
          if (expected != Expected.COLON) {
            return INVALID;
          }
          expected = Expected.VALUE;
          at++;
        }
        case '"' -> {
          boolean isName = expected == Expected.NAME || expected == Expected.FIRST_NAME;
          if (!isName && !isValue(expected)) {
            return INVALID;
          }
          at = stringEnd(text, at + 1, to);
          if (at < 0) {
            return at;
          }
          expected = isName ? Expected.COLON : Expected.NEXT;
        }
        default -> {
          if (!isValue(expected) || !isWord(c)) {
            return INVALID;
          }
          while (at < to && isWord(text.charAt(at))) {
            at++;
          }
          expected = Expected.NEXT;
        }
      }
    }
    return UNFINISHED;
  }

  private static boolean isValue(Expected expected) {
    return expected == Expected.VALUE || expected == Expected.FIRST_VALUE;
  }

  /** No string goes past the end of a line. */
  private static int stringEnd(String text, int from, int to) {
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return at + 1;
      }
      if (c == '\n') {
        return INVALID;
      }
      boolean escapes = c == '\\' && at + 1 < to && text.charAt(at + 1) != '\n';
      at += escapes ? 1 : 0;
    }
    return UNFINISHED;
  }

  /** Of a number, true, false or null. */
  private static boolean isWord(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '+'
        || c == '.';
  }
}
