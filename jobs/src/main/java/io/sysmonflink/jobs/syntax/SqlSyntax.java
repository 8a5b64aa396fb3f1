package io.sysmonflink.jobs.syntax;

import io.sysmonflink.jobs.catalog.Place;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.dialect.CalciteSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.util.NlsString;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;

/** The syntax tree of an SQL file, read as Flink reads it, and ways through it. */
public final class SqlSyntax {

  // As Flink's planner sets its parser up.
  private static final SqlParser.Config FLINK =
      SqlParser.config()
          .withParserFactory(FlinkSqlParserImpl.FACTORY)
          .withConformance(FlinkSqlConformance.DEFAULT)
          .withLex(Lex.JAVA)
          .withIdentifierMaxLength(256);

  private static final SqlDialect DIALECT = new Dialect();

  // Calcite would write a text with an umlaut as u&'...', and leave the backslashes in it alone.
  private static final class Dialect extends CalciteSqlDialect {

    Dialect() {
      super(
          SqlDialect.EMPTY_CONTEXT
              .withConformance(FLINK.conformance())
              .withIdentifierQuoteString(FLINK.quoting().string)
              .withQuotedCasing(FLINK.quotedCasing())
              .withUnquotedCasing(FLINK.unquotedCasing()));
    }

    @Override
    public void quoteStringLiteral(StringBuilder sql, String charset, String text) {
      sql.append('\'').append(text.replace("'", "''")).append('\'');
    }
  }

  private SqlSyntax() {}

  /**
   * Parses a file's one statement; {@code ${key}} in quotes is text like any other.
   *
   * @throws UserError if it is no SQL, or more than one statement
   */
  public static SqlNode parse(SqlFile file) {
    return parse(file, file.text());
  }

  /**
   * Parses a file's one statement.
   *
   * @param sql the file's text with its keys filled in
   * @throws UserError if it is no SQL, or more than one statement
   */
  public static SqlNode parse(SqlFile file, String sql) {
    try {
      SqlNodeList statements = SqlParser.create(sql, FLINK).parseStmtList();
      if (statements.size() == 1) {
        return statements.get(0);
      }
      Place second = place(file, statements.get(1));
      throw file.errorAt(second.line(), second.column(), "must hold one statement", null);
    } catch (SqlParseException e) {
      throw SqlErrors.isTooDeep(e) ? file.tooDeep(e) : SqlErrors.inFile(file, e);
    } catch (StackOverflowError e) {
      throw file.tooDeep(e);
    }
  }

  /** Where a node of a file's tree begins. */
  public static Place place(SqlFile file, SqlNode node) {
    return new Place(
        file.display(),
        node.getParserPosition().getLineNum(),
        node.getParserPosition().getColumnNum());
  }

  /** Hands over a node and all below it, each before what is below it, in the order of the text. */
  public static void forEach(SqlNode node, Consumer<SqlNode> target) {
    if (node == null) {
      return;
    }
    target.accept(node);
    if (node instanceof SqlCall call) {
      call.getOperandList().forEach(operand -> forEach(operand, target));
    } else if (node instanceof SqlNodeList list) {
      list.forEach(member -> forEach(member, target));
    }
  }

  /** The nodes of a kind of class at and below a node. */
  public static <T> List<T> all(SqlNode node, Class<T> type) {
    List<T> found = new ArrayList<>();
    forEach(
        node,
        n -> {
          if (type.isInstance(n)) {
            found.add(type.cast(n));
          }
        });
    return found;
  }

  /** Whether a node calls a function of this name, in either case. */
  public static boolean isCall(SqlNode node, String function) {
    return node instanceof SqlBasicCall call
        && call.getKind() == SqlKind.OTHER_FUNCTION
        && call.getOperator().getName().equalsIgnoreCase(function);
  }

  /** The name of a column, without that of its table, if a node is one. */
  public static Optional<String> column(SqlNode node) {
    return node instanceof SqlIdentifier name && !name.isStar()
        ? Optional.of(name.names.get(name.names.size() - 1))
        : Optional.empty();
  }

  /** The text that a literal stands for, if a node is one. */
  public static Optional<String> text(SqlNode node) {
    return node instanceof SqlCharStringLiteral literal
        ? Optional.of(literal.getValueAs(NlsString.class).getValue())
        : Optional.empty();
  }

  /** The conditions that must all hold for one to hold; none for null. */
  public static List<SqlNode> conjuncts(SqlNode condition) {
    return condition == null ? List.of() : joined(condition, SqlKind.AND);
  }

  /** What an operator, AND or OR, joins, however often it stands in a row; else the node itself. */
  public static List<SqlNode> joined(SqlNode condition, SqlKind operator) {
    if (condition.getKind() != operator) {
      return List.of(condition);
    }
    return ((SqlCall) condition)
        .getOperandList().stream().flatMap(part -> joined(part, operator).stream()).toList();
  }

  /** A node as SQL that Flink can read. */
  public static String sql(SqlNode node) {
    return node.toSqlString(DIALECT).getSql();
  }

  /** A node as SQL for people: in one line, and with quotes around texts only. */
  public static String display(SqlNode node) {
    return node.toSqlString(c -> c.withDialect(DIALECT).withQuoteAllIdentifiers(false))
        .getSql()
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
