package io.sysmonflink.jobs.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What in an SQL text is quoted or commented out, and where its lines are. It reads texts that are
 * no SQL yet, since keys are to be filled in; all else that reads SQL reads its syntax tree.
 */
public final class SqlText {

  // An unclosed quote or comment runs to the end: Flink's parser will complain about it better than
  // this one.
  // A hint, /*+ ... */, is SQL and not a comment. In E'...' a backslash escapes the quote. Words
  // and numbers are read as a whole, so that no end of one is taken for a quote's prefix.
  private static final Pattern PIECE =
      Pattern.compile(
          """
          (?<comment>     --[^\\r\\n]* | //[^\\r\\n]* | /\\*(?!\\+)(?s:.*?)(?:\\*/|\\z) )
          | (?<quoted>    [eE]'(?s:[^'\\\\]++|\\\\.|'')*+(?:'|\\z)
                        | (?:[uU]&|[nNxX]|_[A-Za-z0-9_\\-:.]+)?'[^']*+(?:''[^']*+)*+(?:'|\\z)
                        | (?:[uU]&)?`[^`]*+(?:``[^`]*+)*+(?:`|\\z) )
          | [\\p{L}_$][\\p{L}\\p{N}_$]* (?![\\p{L}\\p{N}_$])
          | \\d+(?:\\.\\d+)?
          """,
          Pattern.COMMENTS);

  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

  /**
   * A comment, a literal or a quoted name.
   *
   * @param comment whether it is a comment
   * @param text as it stands, quotes and all
   * @param start where it begins
   */
  public record Piece(boolean comment, String text, int start) {

    /** Where it ends. */
    public int end() {
      return start + text.length();
    }
  }

  private SqlText() {}

  /** The comments, literals and quoted names of a text, in their order. */
  public static List<Piece> pieces(String sql) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = PIECE.matcher(sql);
    while (matcher.find()) {
      boolean comment = matcher.group("comment") != null;
      if (comment || matcher.group("quoted") != null) {
        pieces.add(new Piece(comment, matcher.group(), matcher.start()));
      }
    }
    return pieces;
  }

  /** The line of a place in a text, the first being 1. */
  public static int lineOf(String text, int place) {
    return (int) LINE_BREAK.matcher(text.substring(0, place)).results().count() + 1;
  }

  /** The column of a place in a text, the first being 1. */
  public static int columnOf(String text, int place) {
    int line = Math.max(text.lastIndexOf('\n', place - 1), text.lastIndexOf('\r', place - 1));
    return place - line;
  }

  /** The place in a text of a line and column, as the parser counts them. */
  static int offset(String text, int line, int column) {
    Matcher breaks = LINE_BREAK.matcher(text);
    int start = 0;
    for (int i = 1; i < line && breaks.find(); i++) {
      start = breaks.end();
    }
    return start + column - 1;
  }
}
