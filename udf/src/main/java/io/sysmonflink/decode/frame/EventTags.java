package io.sysmonflink.decode.frame;

import io.sysmonflink.decode.bytes.Latin1;

/** Where XML events begin and end in Latin-1 text. */
final class EventTags {

  static final String OPEN = "<Event";
  static final String CLOSE = "</Event>";

  /** What both have in common, and little else does. */
  private static final String NAME = "Event";

  private EventTags() {}

  /** Whether an event's start tag begins here: {@code <Event}, and no longer name. */
  static boolean opensAt(String text, int index) {
    // Where the text ends with the name, its last letter stands in for what follows: Java would
    // compile a branch for that as never taken, and begin anew at the end of some block.
    int after = Math.min(index + OPEN.length(), text.length() - 1);
    return text.startsWith(OPEN, index) && endsName(text.charAt(after));
  }

  /** The next start tag of an event from {@code from} on, or -1. */
  static int nextOpen(String text, int from) {
    int at = text.indexOf(OPEN, from);
    while (at >= 0 && !opensAt(text, at)) {
      at = text.indexOf(OPEN, at + OPEN.length());
    }
    return at;
  }

  /**
   * The next start or end tag of an event from {@code from} on, or -1. One search for both takes
   * half the time of two.
   */
  static int next(String text, int from) {
    int name = text.indexOf(NAME, from + 1);
    while (name >= 0) {
      char before = text.charAt(name - 1);
      if (before == '<' && opensAt(text, name - 1)) {
        return name - 1;
      }
      if (before == '/' && name - 2 >= from && text.startsWith(CLOSE, name - 2)) {
        return name - 2;
      }
      name = text.indexOf(NAME, name + NAME.length());
    }
    return -1;
  }

  private static boolean endsName(char c) {
    return c == '>' || c == '/' || Latin1.isBlank(c);
  }
}
