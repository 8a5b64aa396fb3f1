package io.sysmonflink.decode.frame;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What exports put around and between events, and says nothing. */
final class ExportFrame {

  /** No piece is longer, so that none is judged before all of it is in view. */
  static final int LONGEST = 512;

  /** What {@link #end} returns where there is none. */
  static final int NONE = -1;

  /** No brace in any, so that none hides an object. */
  private static final Pattern PIECE =
      Pattern.compile(
          "\u00EF\u00BB\u00BF" // UTF-8 byte order mark
              + "|<\\?xml[^<>{]{0,200}\\?>"
              + "|</?Events(?:\\s[^<>{]{0,400})?>"
              + "|evtxexport \\d{1,12}(?=\\s)"
              + "|Record \\d{1,12}(?=\\s)" // evtx_dump, before each event
              + "|-(?=[ \\t]{0,8}<Event[\\s>])"); // a browser's fold mark

  private ExportFrame() {}

  /** The end of the piece that begins here in Latin-1 text, or {@link #NONE}. */
  static int end(String text, int at) {
    char c = text.charAt(at);
    if (c == '[' || c == ']' || c == ',') {
      return at + 1; // an array's
    }
    Matcher piece =
        PIECE
            .matcher(text)
            .region(at, Math.min(text.length(), at + LONGEST))
            .useTransparentBounds(true);
    return piece.lookingAt() ? piece.end() : NONE;
  }
}
