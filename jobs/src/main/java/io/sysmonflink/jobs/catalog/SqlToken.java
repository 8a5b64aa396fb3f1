package io.sysmonflink.jobs.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of SQL text as Flink's own parser cuts it: enough to tell text that is quoted or
 * commented out from text that is SQL. It needs no planner, which on a cluster is out of a job's
 * reach.
 *
 * @param kind what it is
 * @param text the text, quotes and all
 * @param start its first character's place in the SQL
 */
public record SqlToken(Kind kind, String text, int start) {

  /** What a piece can be. */
  public enum Kind {
    COMMENT,
    /** {@code '...'}, also with a prefix as in {@code E'...'}. */
    LITERAL,
    /** {@code `...`}. */
    QUOTED_IDENTIFIER,
    WORD,
    NUMBER,
    SYMBOL
  }

  // An unclosed quote or comment runs to the end: Flink's parser will complain about it better than
  // this one.
  // A hint, /*+ ... */, is SQL and not a comment. In E'...' a backslash escapes the quote.
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<comment>     --[^\\r\\n]* | //[^\\r\\n]* | /\\*(?!\\+)(?s:.*?)(?:\\*/|\\z) )
          | (?<literal>   [eE]'(?s:[^'\\\\]++|\\\\.|'')*+(?:'|\\z)
                        | (?:[uU]&|[nNxX]|_[A-Za-z0-9_\\-:.]+)?'[^']*+(?:''[^']*+)*+(?:'|\\z) )
          | (?<quoted>    (?:[uU]&)?`[^`]*+(?:``[^`]*+)*+(?:`|\\z) )
          | (?<word>      [\\p{L}_$][\\p{L}\\p{N}_$]* (?![\\p{L}\\p{N}_$]) )
          | (?<number>    \\d+(?:\\.\\d+)? )
          | (?<symbol>    <> | != | <= | >= | \\S )
          """,
          Pattern.COMMENTS);

  /** All tokens of an SQL text, comments too, without the white space between them. */
  public static List<SqlToken> of(String sql) {
    List<SqlToken> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    while (matcher.find()) {
      tokens.add(new SqlToken(kind(matcher), matcher.group(), matcher.start()));
    }
    return tokens;
  }

  private static Kind kind(Matcher matcher) {
    if (matcher.group("comment") != null) {
      return Kind.COMMENT;
    } else if (matcher.group("literal") != null) {
      return Kind.LITERAL;
    } else if (matcher.group("quoted") != null) {
      return Kind.QUOTED_IDENTIFIER;
    } else if (matcher.group("word") != null) {
      return Kind.WORD;
    } else if (matcher.group("number") != null) {
      return Kind.NUMBER;
    } else {
      return Kind.SYMBOL;
    }
  }

  /** The line of a place in a text, the first being 1. */
  public static int lineOf(String text, int place) {
    return (int) text.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
  }

  /** The column of a place in a text, the first being 1. */
  public static int columnOf(String text, int place) {
    return place - text.lastIndexOf('\n', place - 1);
  }

  /** Whether it is this word, in either case. */
  public boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /** Whether it is this symbol. */
  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether this names the column or view, quoted or not. Such names are case-sensitive. */
  boolean isNamed(String name) {
    return (kind == Kind.WORD && text.equals(name))
        || (kind == Kind.QUOTED_IDENTIFIER && text.equals("`" + name + "`"));
  }
}
