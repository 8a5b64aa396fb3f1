package io.sysmonflink.decode.frame;

import io.sysmonflink.decode.bytes.Latin1;
import io.sysmonflink.decode.deadletter.ErrorType;

/**
 * Finds the records in a run of bytes, XML and JSON freely mixed.
 *
 * <p>An XML event is {@code <Event} to the first {@code </Event>}, unless another {@code <Event}
 * comes first. A JSON object begins with a brace as the first thing on a line, or after another
 * record or the text before one; it ends where its braces balance, however it is laid out, or where
 * a quote or brace is missing in it, with its line or at the brace that is indented as its first
 * one. Text before an event on its line is a header, and no record. Whatever is none of these, nor
 * {@link ExportFrame}, is a bad record that ends where the next event or the text before it begins.
 * So one bad record never swallows a neighbour.
 *
 * <p>What is framed does not depend on how much is in view: where the view does not settle it, more
 * is asked for. And the rules look back no further than to the last event tag, which is what allows
 * {@link SafeCut} to cut a file in the middle and still frame the same records.
 *
 * <p>Use: {@link #reset} with a view of the bytes, then {@link #next} while it returns true; then
 * keep the bytes from {@link #position} on, add more behind them, and reset again.
 */
public final class RecordFramer {

  /** What a framed record looks like. */
  public enum Kind {
    XML,
    JSON,
    /** Text before an event on its line, as syslog puts there: no record. */
    FRAMING,
    BAD
  }

  /** More than the longest token that a view may cut in two. */
  private static final int TOKEN = 16;

  /** So far a brace that ends a line is looked behind for what goes on after it. */
  private static final int MAX_BLANKS = 1024;

  /** Blanks before an event count as its indentation only up to this number. */
  static final int MAX_INDENTATION = 64;

  private static final int ANY_INDENTATION = Integer.MAX_VALUE;

  private static final int UNKNOWN = -2;
  private static final int NONE = -1;

  private final int maxRecordSize;
  private final JsonBraces braces = new JsonBraces();
  private final JsonStructure structure = new JsonStructure();
  private final EventStarts starts = new EventStarts();

  private String text = "";
  private int length;
  private boolean last;
  private int position;

  /** The end of the line that was last trimmed, and the end of what is left of it. */
  private int knownLineEnd;

  private int knownTrimmedEnd;

  /** Why the bytes from position on are bad, where a bad record goes on; else null. */
  private ErrorType badRun;

  private int badRunIndentation;
  private boolean badRunInLine;
  private boolean badRunContinues;

  private int start;
  private int end;
  private Kind kind = Kind.BAD;
  private ErrorType errorType;
  private boolean continuation;

  /**
   * @param maxRecordSize in bytes; a larger record is bad and comes in pieces of this size
   */
  public RecordFramer(int maxRecordSize) {
    if (maxRecordSize < ExportFrame.LONGEST) {
      throw new IllegalArgumentException(
          "the largest record size must be at least "
              + ExportFrame.LONGEST
              + ", not "
              + maxRecordSize);
    }
    this.maxRecordSize = maxRecordSize;
  }

  /**
   * Takes the next view: the bytes kept from {@link #position}, and new ones.
   *
   * @param text the bytes as Latin-1
   * @param last whether nothing comes after them
   */
  public void reset(String text, boolean last) {
    this.text = text;
    this.length = text.length();
    this.last = last;
    this.position = 0;
    this.knownLineEnd = UNKNOWN;
    starts.reset(text, last);
  }

  /** Where the bytes begin that are not yet part of a record that was returned. */
  public int position() {
    return position;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  public Kind kind() {
    return kind;
  }

  /** Why a bad record is bad; null for others. */
  public ErrorType errorType() {
    return errorType;
  }

  /** Whether the bad record is a further piece of the one before it. */
  public boolean isContinuation() {
    return continuation;
  }

  /** Finds the next record. False: there is none, or more bytes are needed to tell. */
  public boolean next() {
    if (badRun != null && badPiece()) {
      return true;
    }
    if (badRun != null) {
      return false;
    }
    while (true) {
      int at = Latin1.skipBlank(text, position, length);
      if (at == length) {
        // The indentation of an object may begin here.
        position = last ? length : lineStart(length);
        return false;
      }
      char c = text.charAt(at);
      if (c == '{') {
        return json(at);
      }
      if (c == '<' && EventTags.opensAt(text, at)) {
        return xml(at);
      }
      if (!last && length - at < ExportFrame.LONGEST) {
        position = at;
        return false;
      }
      int pieceEnd = ExportFrame.end(text, at);
      if (pieceEnd == ExportFrame.NONE) {
        int event = starts.afterFraming(at);
        if (event == EventStarts.UNDECIDED) {
          position = at;
          return false;
        }
        if (event != EventStarts.NONE) {
          return record(Kind.FRAMING, at, Latin1.trimEnd(text, at, event), event);
        }
        boolean dtd = text.startsWith("<!DOCTYPE", at) || text.startsWith("<!ENTITY", at);
        return bad(at, dtd ? ErrorType.DTD : ErrorType.NOT_AN_EVENT, ANY_INDENTATION, false);
      }
      position = pieceEnd;
    }
  }

  private boolean xml(int at) {
    int tag = EventTags.next(text, at + EventTags.OPEN.length());
    if (tag != NONE && text.charAt(tag + 1) == '/') {
      int after = tag + EventTags.CLOSE.length();
      return after - at <= maxRecordSize
          ? record(Kind.XML, at, after, after)
          : bad(at, ErrorType.TRUNCATED, ANY_INDENTATION, false);
    }
    if (tag == NONE && !last && length - at <= maxRecordSize) {
      position = at;
      return false;
    }
    return bad(at, ErrorType.TRUNCATED, ANY_INDENTATION, false);
  }

  private boolean json(int at) {
    int indentation = at - lineStart(at);
    int newline = starts.nextNewline(at);
    int lineEnd = newline == NONE ? length : newline;
    braces.reset();
    if (lineEnd - at > maxRecordSize) {
      // One of the objects of a huge line, or too large itself.
      int objectEnd = braces.scan(text, at, at + maxRecordSize);
      return objectEnd == JsonBraces.NONE
          ? bad(at, ErrorType.TRUNCATED, indentation, true)
          : record(Kind.JSON, at, objectEnd, objectEnd);
    }
    if (newline == NONE && !last) {
      return moreFor(at, indentation);
    }
    int trimmedEnd = trimSeparators(at, lineEnd);
    boolean closed = text.charAt(trimmedEnd - 1) == '}';
    boolean alone = closed && !JsonBraces.anotherFollows(text, at, trimmedEnd);
    if (alone) {
      int next = nextOnOtherLines(lineEnd);
      if (next == UNKNOWN) {
        position = at - indentation;
        return false;
      }
      if (!mayGoOn(trimmedEnd, lineEnd, next)) {
        return record(Kind.JSON, at, trimmedEnd, lineEnd);
      }
    } else {
      int objectEnd = braces.scan(text, at, lineEnd);
      if (objectEnd != JsonBraces.NONE) {
        return record(Kind.JSON, at, objectEnd, objectEnd);
      }
    }
    int whole = structure.end(text, at, Math.min(length, at + maxRecordSize));
    if (whole > lineEnd) {
      return record(Kind.JSON, at, whole, whole);
    }
    if (whole == JsonStructure.UNFINISHED && !last && length - at <= maxRecordSize) {
      position = at - indentation;
      return false;
    }
    return closed
        ? record(Kind.JSON, at, trimmedEnd, lineEnd)
        : jsonOverLines(at, lineEnd, indentation);
  }

  /**
   * Where the first character stands on the lines that follow, {@link #NONE} if there is none near,
   * {@link #UNKNOWN} if more bytes are needed to tell.
   */
  private int nextOnOtherLines(int lineEnd) {
    int limit = lineEnd + MAX_BLANKS;
    int next = Latin1.skipBlank(text, lineEnd, Math.min(length, limit));
    if (next < Math.min(length, limit)) {
      return next;
    }
    return last || length >= limit ? NONE : UNKNOWN;
  }

  /** Whether an object whose line ends with a brace may go on after it. */
  private boolean mayGoOn(int trimmedEnd, int lineEnd, int next) {
    for (int i = trimmedEnd; i < lineEnd; i++) {
      if (text.charAt(i) == ',') {
        return next != NONE;
      }
    }
    char c = next == NONE ? 0 : text.charAt(next);
    return c == ',' || c == '}' || c == ']';
  }

  /**
   * An object over several lines in which something is missing. It ends where its braces balance,
   * or at the brace that is indented as its first one.
   */
  private boolean jsonOverLines(int at, int firstLineEnd, int indentation) {
    int lineEnd = firstLineEnd;
    while (lineEnd < length && lineEnd - at <= maxRecordSize) {
      int first = Latin1.skipBlank(text, lineEnd + 1, length);
      if (first == length || (!last && length - first < TOKEN)) {
        return moreFor(at, indentation);
      }
      int column = first - (text.lastIndexOf('\n', first - 1) + 1);
      char c = text.charAt(first);
      if (c == '}' && column == indentation && first + 1 - at <= maxRecordSize) {
        return record(Kind.JSON, at, first + 1, first + 1);
      }
      // A line with an event behind a header, too: it would be looked through for each before it.
      int framed = first - at <= maxRecordSize ? starts.afterFraming(first) : EventStarts.NONE;
      if (framed == EventStarts.UNDECIDED) {
        position = at - indentation;
        return false;
      }
      if ((c == '{' && column <= indentation)
          || EventTags.opensAt(text, first)
          || framed != EventStarts.NONE) {
        return bad(at, ErrorType.TRUNCATED, indentation, true);
      }
      int newline = text.indexOf('\n', first);
      lineEnd = newline == NONE ? length : newline;
      int objectEnd = braces.scan(text, first, Math.min(lineEnd, at + maxRecordSize));
      if (objectEnd != JsonBraces.NONE) {
        return record(Kind.JSON, at, objectEnd, objectEnd);
      }
    }
    return lineEnd - at > maxRecordSize
        ? bad(at, ErrorType.TRUNCATED, indentation, true)
        : moreFor(at, indentation);
  }

  /** The object that begins here does not end in view. */
  private boolean moreFor(int at, int indentation) {
    if (last || length - at > maxRecordSize + TOKEN) {
      return bad(at, ErrorType.TRUNCATED, indentation, true);
    }
    position = at - indentation;
    return false;
  }

  /** The end of a line without what may follow an object; the same for all objects on the line. */
  private int trimSeparators(int from, int lineEnd) {
    if (knownLineEnd != lineEnd) {
      int i = lineEnd;
      while (i > from + 1 && JsonBraces.isSeparator(text.charAt(i - 1))) {
        i--;
      }
      knownLineEnd = lineEnd;
      knownTrimmedEnd = i;
    }
    return knownTrimmedEnd;
  }

  private boolean record(Kind kind, int start, int end, int next) {
    this.kind = kind;
    this.errorType = null;
    this.continuation = false;
    this.start = start;
    this.end = end;
    this.position = next;
    return true;
  }

  /**
   * A bad record, up to the next event.
   *
   * @param indentation a brace that is indented deeper does not end it: it is an inner object
   * @param inLine whether no event can begin on the rest of its first line
   */
  private boolean bad(int at, ErrorType type, int indentation, boolean inLine) {
    position = at;
    badRun = type;
    badRunIndentation = indentation;
    badRunInLine = inLine;
    badRunContinues = false;
    return badPiece();
  }

  /**
   * The next piece of the bad run. False: more bytes are needed, or (badRun is null) it is over.
   */
  private boolean badPiece() {
    while (true) {
      int at = position;
      int from = badRunContinues ? at : at + 1;
      int searchFrom = badRunInLine ? text.indexOf('\n', from) : from;
      int next = searchFrom == NONE ? NONE : starts.next(searchFrom, badRunIndentation);
      int stop = next == NONE ? length : next;
      if (next == NONE && !last && stop - at <= maxRecordSize + EventStarts.MAX_FRAMING + TOKEN) {
        return false;
      }
      boolean ends = stop - at <= maxRecordSize;
      // A line break at the end of a piece stays with what follows: a brace may.
      int limit = ends ? stop : at + maxRecordSize;
      int to = Latin1.trimEnd(text, at, limit);
      position = ends || to == at ? limit : to;
      badRunInLine &= searchFrom == NONE || searchFrom >= position;
      boolean continues = badRunContinues;
      badRunContinues = true;
      if (!ends && badRun == ErrorType.TRUNCATED) {
        badRun = ErrorType.TOO_LARGE;
      }
      ErrorType type = badRun;
      if (ends) {
        badRun = null;
      }
      if (to > at) {
        record(Kind.BAD, at, to, position);
        errorType = type;
        continuation = continues;
        return true;
      }
      if (ends) {
        return false;
      }
    }
  }

  /** Where the line of this index begins, or the part of it that is not yet part of a record. */
  private int lineStart(int index) {
    int i = index;
    while (i > position && text.charAt(i - 1) != '\n') {
      i--;
    }
    return i;
  }
}
