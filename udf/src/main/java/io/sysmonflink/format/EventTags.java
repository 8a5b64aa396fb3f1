package io.sysmonflink.format;

/** Where XML events begin and end in Latin-1 text. */
final class EventTags {

  static final String OPEN = "<Event";
  static final String CLOSE = "</Event>";

  private EventTags() {}

  /** Whether an event's start tag begins here: {@code <Event}, and no longer name. */
  static boolean opensAt(String text, int index) {
    int after = index + OPEN.length();
    return text.startsWith(OPEN, index) && after < text.length() && endsName(text.charAt(after));
  }

  /** The next start tag of an event from {@code from} on, or -1. */
  static int nextOpen(String text, int from) {
    int at = text.indexOf(OPEN, from);
    while (at >= 0 && !opensAt(text, at)) {
      at = text.indexOf(OPEN, at + OPEN.length());
    }
    return at;
  }

  private static boolean endsName(char c) {
    return c == '>' || c == '/' || Latin1.isBlank(c);
  }
}
