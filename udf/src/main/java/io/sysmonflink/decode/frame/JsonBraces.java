package io.sysmonflink.decode.frame;

import io.sysmonflink.decode.bytes.Latin1;

/**
 * Counts braces to find where a JSON object ends, a line at a time. Braces within strings do not
 * count; no string goes past the end of a line, so a quote that is missing does no harm beyond.
 */
final class JsonBraces {

  /** What {@link #scan} returns where the object does not end. */
  static final int NONE = -1;

  private int depth;

  /** Begins a new object. */
  void reset() {
    depth = 0;
  }

  /**
   * Goes on through a line, or the part of one that holds the rest of the object.
   *
   * @return the index after the object's last brace, or {@link #NONE}
   */
  int scan(String text, int from, int to) {
    boolean inString = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '"') {
        inString = !inString;
      } else if (inString) {
        i += c == '\\' ? 1 : 0;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return NONE;
  }

  /**
   * Whether a closing brace in {@code text[from, to)} is followed by an opening one, with at most
   * separators between. Where none is, no two objects stand side by side there.
   */
  static boolean anotherFollows(String text, int from, int to) {
    int brace = text.indexOf('}', from);
    while (brace >= 0 && brace < to - 1) {
      int next = brace + 1;
      while (next < to && isSeparator(text.charAt(next))) {
        next++;
      }
      if (next < to && text.charAt(next) == '{') {
        return true;
      }
      brace = next < to ? text.indexOf('}', next) : NONE;
    }
    return false;
  }

  /** Whether this may stand between the objects of an array, or after the last one. */
  static boolean isSeparator(char c) {
    return Latin1.isBlank(c) || c == ',' || c == ']';
  }
}
