package io.sysmonflink.decode.frame;

import io.sysmonflink.decode.bytes.Latin1;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * Finds where a file can be cut so that both parts, framed on their own, give the records of the
 * whole.
 *
 * <p>A place is safe if {@link RecordFramer} begins a record there whatever came before. Two kinds
 * are: a line that begins with an event's start tag, since no XML event holds another and no JSON
 * object holds a line break inside a value; and a line that begins with a brace in its first
 * column, if the last event tag before it is an end tag, or further away than any record is long,
 * and if what stands before it is nothing after which an object goes on with a brace: a colon, a
 * comma or a bracket. The place is a function of the file alone, so the reader of one part and that
 * of the next agree on it without talking to each other.
 */
public final class SafeCut {

  private static final int BLOCK = 64 * 1024;

  /** So much must be in view behind a line break to judge it. */
  private static final int LOOKAHEAD = RecordFramer.MAX_INDENTATION + 16;

  private static final String TAG = "Event";

  private static final String BEFORE_AN_INNER_OBJECT = ":,[";

  private final int maxRecordSize;

  private byte[] buffer = new byte[2 * BLOCK];
  private int length;
  private long bufferPosition;

  /** In the view, what may be a tag and was not yet looked at. */
  private int nextTag;

  private long lastTag = Long.MIN_VALUE;
  private boolean lastTagOpens;

  /** In the view, what was not yet looked at for {@link #lastCharacter}. */
  private int nextCharacter;

  /** The last one before a line that is not blank, and where it stands. */
  private char lastCharacter;

  private long lastCharacterAt = Long.MIN_VALUE;

  private SafeCut(int maxRecordSize) {
    this.maxRecordSize = maxRecordSize;
  }

  /**
   * The first safe place at or after {@code from}: 0 for 0, the end of the file where there is
   * none.
   *
   * @param in is moved
   */
  public static long atOrAfter(FSDataInputStream in, long from, long fileLength, int maxRecordSize)
      throws IOException {
    return atOrAfter(in, from, fileLength, fileLength, maxRecordSize);
  }

  /**
   * The part of a file that stands for {@code [from, to)}: from the first safe place at or after
   * its start to the first at or after its end. Where there is no safe place between the two, it is
   * empty, and what lies behind is not looked at: so all parts together read a file at most twice,
   * even one that cannot be cut anywhere.
   *
   * @param in is moved to the start of the part
   */
  public static Part part(
      FSDataInputStream in, long from, long to, long fileLength, int maxRecordSize)
      throws IOException {
    long start = atOrAfter(in, from, to, fileLength, maxRecordSize);
    long end = start < to ? atOrAfter(in, to, fileLength, maxRecordSize) : start;
    in.seek(start);
    return new Part(start, end);
  }

  /** A range of bytes, the end not in it. */
  public record Part(long start, long end) {}

  private static long atOrAfter(
      FSDataInputStream in, long from, long until, long fileLength, int maxRecordSize)
      throws IOException {
    if (from <= 0 || from >= fileLength) {
      return Math.max(0, Math.min(from, fileLength));
    }
    long place = new SafeCut(maxRecordSize).search(in, from, until);
    // The file may have grown since its length was taken.
    return Math.min(place < 0 ? until : place, fileLength);
  }

  /** The first safe place, or -1 where there is none, or none before {@code until}. */
  private long search(FSDataInputStream in, long from, long until) throws IOException {
    bufferPosition = Math.max(0, from - maxRecordSize);
    in.seek(bufferPosition);
    while (true) {
      int read = in.readNBytes(buffer, length, BLOCK);
      length += read;
      boolean last = read < BLOCK;
      String text = Latin1.view(buffer, length);
      int settled = last ? length : length - LOOKAHEAD;
      long place = searchView(text, from, settled);
      if (place >= 0 || last || bufferPosition + settled >= until) {
        return place;
      }
      // The char before the rest is kept for the tag that may begin there, hence two.
      int keepFrom = Math.max(0, settled - 2);
      seeCharacters(text, keepFrom);
      nextCharacter -= keepFrom;
      System.arraycopy(buffer, keepFrom, buffer, 0, length - keepFrom);
      bufferPosition += keepFrom;
      length -= keepFrom;
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length, length + BLOCK));
    }
  }

  /** Judges the line breaks of the view before {@code settled}, in their order. */
  private long searchView(String text, long from, int settled) {
    nextTag = text.indexOf(TAG);
    int first = (int) Math.max(0, Math.min(settled, from - 1 - bufferPosition));
    for (int newline = text.indexOf('\n', first);
        newline >= 0 && newline < settled;
        newline = text.indexOf('\n', newline + 1)) {
      int line = newline + 1;
      seeTags(text, line);
      seeCharacters(text, line);
      if (isSafe(text, line)) {
        return bufferPosition + line;
      }
    }
    seeTags(text, settled);
    return -1;
  }

  private boolean isSafe(String text, int line) {
    if (line < text.length() && text.charAt(line) == '{') {
      boolean maybeInXml = lastTagOpens && lastTag > bufferPosition + line - maxRecordSize;
      boolean maybeInJson =
          lastCharacterAt > bufferPosition + line - maxRecordSize
              && BEFORE_AN_INNER_OBJECT.indexOf(lastCharacter) >= 0;
      return !maybeInXml && !maybeInJson;
    }
    int first = line;
    while (first < text.length()
        && first - line < RecordFramer.MAX_INDENTATION
        && (text.charAt(first) == ' ' || text.charAt(first) == '\t')) {
      first++;
    }
    return EventTags.opensAt(text, first);
  }

  /** Notes the last tag that begins before {@code until}. */
  private void seeTags(String text, int until) {
    while (nextTag >= 0 && nextTag < until) {
      int at = nextTag;
      if (at > 0 && EventTags.opensAt(text, at - 1)) {
        lastTag = bufferPosition + at - 1;
        lastTagOpens = true;
      } else if (at > 1 && text.startsWith(EventTags.CLOSE, at - 2)) {
        lastTag = bufferPosition + at - 2;
        lastTagOpens = false;
      }
      nextTag = text.indexOf(TAG, at + 1);
    }
  }

  /** Notes the last character before {@code until} that is not blank. */
  private void seeCharacters(String text, int until) {
    for (; nextCharacter < until; nextCharacter++) {
      char c = text.charAt(nextCharacter);
      if (!Latin1.isBlank(c)) {
        lastCharacter = c;
        lastCharacterAt = bufferPosition + nextCharacter;
      }
    }
  }
}
