package io.sysmonflink.jobs.sql;

import java.util.IdentityHashMap;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Where the nodes of a syntax tree stand in the text that it was read from, so that a part of the
 * text can be changed and the rest stays as it is. The tree itself has lost the parentheses; here
 * they are found again.
 */
public final class SqlPlaces {

  /**
   * A part of the text.
   *
   * @param start its first character's place
   * @param end the place after its last character
   */
  public record Span(int start, int end) {

    private Span with(Span other) {
      return new Span(Math.min(start, other.start), Math.max(end, other.end));
    }
  }

  private final String sql;
  private final List<SqlText.Piece> comments;
  private final IdentityHashMap<SqlNode, Span> spans = new IdentityHashMap<>();

  /** Takes the text that a tree was read from. */
  public SqlPlaces(String sql) {
    this.sql = sql;
    this.comments = SqlText.pieces(sql).stream().filter(SqlText.Piece::comment).toList();
  }

  /** The part that a condition or a value is, with the parentheses around it. */
  public Span span(SqlNode node) {
    Span found = bare(node);
    while (isEnclosed(found)) {
      found = new Span(before(found.start), after(found.end) + 1);
    }
    return found;
  }

  /** The text that a condition or a value is, with the parentheses around it. */
  public String text(SqlNode node) {
    Span span = span(node);
    return sql.substring(span.start, span.end);
  }

  /** Whether parentheses stand around what an operator joins. */
  public boolean isEnclosed(SqlCall joined) {
    return isEnclosed(bare(joined));
  }

  /** The place of the operator that stands behind a call's first operand. */
  public int operator(SqlCall joined) {
    return after(span(joined.operand(0)).end);
  }

  /** The part that a node is, without parentheses around it, but with those around its parts. */
  public Span bare(SqlNode node) {
    Span known = spans.get(node);
    if (known == null) {
      known = own(node);
      if (node instanceof SqlCall call) {
        known = with(known, call.getOperandList());
      } else if (node instanceof SqlNodeList list) {
        known = with(known, list);
      }
      spans.put(node, known);
    }
    return known;
  }

  private Span with(Span span, Iterable<SqlNode> parts) {
    Span found = span;
    for (SqlNode part : parts) {
      // What the text does not have, the parser places nowhere.
      if (part != null && part.getParserPosition().getLineNum() > 0) {
        found = found.with(span(part));
      }
    }
    return found;
  }

  private Span own(SqlNode node) {
    SqlParserPos pos = node.getParserPosition();
    return new Span(
        SqlText.offset(sql, pos.getLineNum(), pos.getColumnNum()),
        SqlText.offset(sql, pos.getEndLineNum(), pos.getEndColumnNum()) + 1);
  }

  private boolean isEnclosed(Span span) {
    int before = before(span.start);
    int after = after(span.end);
    return before >= 0
        && after < sql.length()
        && sql.charAt(before) == '('
        && sql.charAt(after) == ')';
  }

  /**
   * The last place before one that is neither white space nor in a comment; -1 if there is none.
   */
  private int before(int from) {
    int place = from - 1;
    while (place >= 0) {
      int at = place;
      int start =
          comments.stream()
              .filter(comment -> comment.start() <= at && at < comment.end())
              .mapToInt(SqlText.Piece::start)
              .findFirst()
              .orElse(Character.isWhitespace(sql.charAt(at)) ? at : -1);
      if (start < 0) {
        return at;
      }
      place = start - 1;
    }
    return -1;
  }

  /** The first place from one on that is neither white space nor in a comment. */
  private int after(int from) {
    int place = from;
    while (place < sql.length()) {
      int at = place;
      int end =
          comments.stream()
              .filter(comment -> comment.start() <= at && at < comment.end())
              .mapToInt(SqlText.Piece::end)
              .findFirst()
              .orElse(Character.isWhitespace(sql.charAt(at)) ? at + 1 : at);
      if (end == at) {
        return at;
      }
      place = end;
    }
    return place;
  }
}
