package io.sysmonflink.jobs.catalog;

import static java.util.Objects.requireNonNull;

import io.sysmonflink.jobs.sql.SqlComplaint;
import io.sysmonflink.jobs.sql.SqlSyntax;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;

/**
 * One file of the SQL layout.
 *
 * @param path where it stands in the layout, with slashes: {@code
 *     detections/windows_abused_web_services.sql}
 * @param origin where it was read from, as shown to the user: {@code bundled} or the file's own
 *     path
 * @param text the whole file
 */
public record SqlFile(String path, String origin, String text) {

  /** The origin of what the jar brings along. */
  public static final String BUNDLED = "bundled";

  public SqlFile {
    requireNonNull(path, "path is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(text, "text is null");
  }

  /** The file's name without folder and ending; what it defines goes by this name. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
  }

  /** How messages call it: the path a user can open. */
  public String display() {
    return origin.equals(BUNDLED) ? "sql/" + path : origin;
  }

  /** A user's mistake in this file. */
  public UserError error(String message) {
    return errorAt(0, message);
  }

  /** A user's mistake in this file at a line, the first being 1; 0 where it is not known. */
  public UserError errorAt(int line, String message) {
    return errorAt(line, 0, message, null);
  }

  /** That expressions in this file are too deep for a parser or planner, which goes down them. */
  public UserError tooDeep(Throwable cause) {
    return errorAt(
        0, 0, "is nested too deeply for Flink; use one WILDCARD_IN with many patterns", cause);
  }

  /** A user's mistake in this file at a line and column, the first being 1, each 0 if not known. */
  public UserError errorAt(int line, int column, String message, Throwable cause) {
    return new UserError(new Place(display(), line, column), message, cause);
  }

  /**
   * The syntax tree of the file's one statement; {@code ${key}} in quotes is text like any other.
   *
   * @throws UserError if it is no SQL, or more than one statement
   */
  public SqlNode parse() {
    return parse(text);
  }

  /**
   * The syntax tree of the file's one statement.
   *
   * @param sql the file's text with its keys filled in
   * @throws UserError if it is no SQL, or more than one statement
   */
  public SqlNode parse(String sql) {
    try {
      SqlNodeList statements = SqlSyntax.statements(sql);
      if (statements.size() == 1) {
        return statements.get(0);
      }
      Place second = place(statements.get(1));
      throw errorAt(second.line(), second.column(), "must hold one statement", null);
    } catch (SqlParseException e) {
      throw notSql(e);
    } catch (StackOverflowError e) {
      throw tooDeep(e);
    }
  }

  private UserError notSql(SqlParseException e) {
    if (SqlSyntax.isTooDeep(e)) {
      return tooDeep(e);
    }
    SqlComplaint complaint =
        SqlComplaint.of(e.getMessage())
            .orElseGet(() -> new SqlComplaint(0, 0, SqlComplaint.line(e.getMessage())));
    return errorAt(complaint.line(), complaint.column(), complaint.reason(), e);
  }

  /** Where a node of the file's syntax tree begins. */
  public Place place(SqlNode node) {
    return new Place(
        display(), node.getParserPosition().getLineNum(), node.getParserPosition().getColumnNum());
  }
}
