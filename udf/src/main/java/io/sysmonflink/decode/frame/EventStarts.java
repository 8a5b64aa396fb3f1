package io.sysmonflink.decode.frame;

import io.sysmonflink.decode.bytes.Latin1;

/**
 * Where the next event begins in a view of bytes: where a bad record ends, and where the text ends
 * that a syslog daemon or a collector puts before an event on its line.
 */
final class EventStarts {

  static final int NONE = -1;

  /** More bytes are needed to tell. */
  static final int UNDECIDED = -2;

  /** Longer text before an event is no header. */
  static final int MAX_FRAMING = 8 * 1024;

  /** What lines within JSON begin with: where such a line goes on, no header stands there. */
  private static final String INSIDE_JSON = "\"{}[]:,";

  private String text = "";
  private int length;
  private boolean last;

  private final Next open = new Next(EventTags::nextOpen);
  private final Next newline = new Next((view, from) -> view.indexOf('\n', from));
  private final Next brace = new Next((view, from) -> view.indexOf('{', from));

  /** Finds places in a view, and keeps the last: hostile input is not searched again and again. */
  private interface Finder {
    int next(String view, int from);
  }

  private final class Next {

    private final Finder search;

    /** Of all places from {@code from} on, the first is at {@code index}. */
    private int from;

    private int index;

    Next(Finder search) {
      this.search = search;
    }

    void reset() {
      from = Integer.MAX_VALUE;
    }

    /** The first from {@code start} on, or {@link #NONE}. */
    int from(int start) {
      if (start < from || (index != NONE && index < start)) {
        from = start;
        index = search.next(text, start);
      }
      return index;
    }
  }

  /** Takes the next view. */
  void reset(String text, boolean last) {
    this.text = text;
    this.length = text.length();
    this.last = last;
    open.reset();
    newline.reset();
    brace.reset();
  }

  /**
   * Where the event begins that a text stands before on one line.
   *
   * @param from the text's first character
   * @return {@link #NONE} where the text is no header of an event; {@link #UNDECIDED}
   */
  int afterFraming(int from) {
    if (from + 1 >= length && !last) {
      return UNDECIDED;
    }
    if (!mayBeginFraming(from)) {
      return NONE;
    }
    int limit = Math.min(length, from + MAX_FRAMING);
    int lineEnd = newline.from(from);
    int end = lineEnd == NONE ? limit : Math.min(lineEnd, limit);
    int tag = open.from(from);
    boolean hasTag = tag != NONE && tag < end;
    int object = nextObject(from, hasTag ? tag : end);
    if (object != NONE || hasTag) {
      return object != NONE ? object : tag;
    }
    // A tag or brace may begin at the end of what is in view.
    return last || end < length - EventTags.OPEN.length() ? NONE : UNDECIDED;
  }

  private boolean mayBeginFraming(int at) {
    char c = text.charAt(at);
    if (c == '<') {
      // The priority of a message, and no tag.
      return at + 1 < length && text.charAt(at + 1) >= '0' && text.charAt(at + 1) <= '9';
    }
    return INSIDE_JSON.indexOf(c) < 0;
  }

  /** The next brace before {@code to} that begins an object with a name in it. */
  private int nextObject(int from, int to) {
    for (int at = brace.from(from); at != NONE && at < to; at = brace.from(at + 1)) {
      int name = at + 1 < length && text.charAt(at + 1) == ' ' ? at + 2 : at + 1;
      if (name < length && text.charAt(name) == '"') {
        return at;
      }
    }
    return NONE;
  }

  /**
   * Where the next event begins after a bad record: with its indentation or the text before it,
   * where that is first on its line; or {@link #NONE}.
   *
   * @param from from here on it is looked for
   * @param indentation a brace that is indented deeper begins none: it is an inner object
   */
  int next(int from, int indentation) {
    int tag = open.from(from);
    int until = tag == NONE ? length : tag;
    int first = from;
    for (int lineEnd = newline.from(first);
        lineEnd != NONE && lineEnd < until;
        lineEnd = newline.from(first)) {
      first = Latin1.skipBlank(text, lineEnd + 1, until);
      if (first == until) {
        break;
      }
      boolean begins =
          text.charAt(first) == '{'
              ? first - (text.lastIndexOf('\n', first - 1) + 1) <= indentation
              : afterFraming(first) >= 0;
      if (begins) {
        return beforeIndentation(first, from);
      }
    }
    return tag == NONE ? NONE : beforeIndentation(tag, from);
  }

  private int beforeIndentation(int at, int from) {
    int i = at;
    while (i > from
        && at - i <= RecordFramer.MAX_INDENTATION
        && (text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '\t')) {
      i--;
    }
    return i > from && text.charAt(i - 1) == '\n' ? i : at;
  }

  /** The next line break from {@code from} on, or {@link #NONE}. */
  int nextNewline(int from) {
    return newline.from(from);
  }
}
