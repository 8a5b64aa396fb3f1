package io.sysmonflink.jobs.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;
import org.apache.calcite.util.NlsString;

/** Syntax trees of SQL, read as Flink reads it, and ways through them. */
public final class SqlSyntax {

  private SqlSyntax() {}

  /**
   * Parses statements, between which stand semicolons; {@code ${key}} in quotes is text like any
   * other.
   *
   * @throws SqlParseException if it is no SQL
   */
  public static SqlNodeList statements(String sql) throws SqlParseException {
    return FlinkParser.of(sql).parseStmtList();
  }

  /** Parses one statement, without a semicolon; empty if it is none. */
  public static Optional<SqlNode> read(String sql) {
    try {
      return Optional.of(FlinkParser.of(sql).parseStmt());
    } catch (SqlParseException e) {
      return Optional.empty();
    }
  }

  /** Whether the parser has given up on a text that is nested too deeply for it. */
  public static boolean isTooDeep(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof StackOverflowError) {
        return true;
      }
    }
    return false;
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

  /** The conditions by which a statement chooses: of each WHERE and of each ON. */
  public static List<SqlNode> choices(SqlNode statement) {
    List<SqlNode> found = new ArrayList<>();
    forEach(
        statement,
        node -> {
          if (node instanceof SqlSelect select && select.getWhere() != null) {
            found.add(select.getWhere());
          } else if (node instanceof SqlJoin join && join.getCondition() != null) {
            found.add(join.getCondition());
          } else if (node.getKind() == SqlKind.FILTER) {
            found.add(((SqlCall) node).operand(1));
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
    // Without recursion: a row of four hundred is a tree of four hundred levels.
    List<SqlNode> parts = new ArrayList<>();
    Deque<SqlNode> left = new ArrayDeque<>(List.of(condition));
    while (!left.isEmpty()) {
      SqlNode node = left.pop();
      if (node.getKind() == operator) {
        List<SqlNode> operands = ((SqlCall) node).getOperandList();
        for (int i = operands.size() - 1; i >= 0; i--) {
          left.push(operands.get(i));
        }
      } else {
        parts.add(node);
      }
    }
    return parts;
  }

  /** A node as SQL that Flink can read. */
  public static String sql(SqlNode node) {
    return node.toSqlString(FlinkParser.DIALECT).getSql();
  }

  /** A value or condition as SQL that Flink can read, within another: queries in parentheses. */
  static String expression(SqlNode node) {
    SqlPrettyWriter writer =
        new SqlPrettyWriter(
            SqlPrettyWriter.config()
                .withDialect(FlinkParser.DIALECT)
                .withSelectListItemsOnSeparateLines(false)
                .withIndentation(0));
    SqlWriter.Frame frame = writer.startList("", "");
    node.unparse(writer, 0, 0);
    writer.endList(frame);
    return writer.toString();
  }

  /** A node as SQL for people: in one line, and with quotes around texts only. */
  public static String display(SqlNode node) {
    return node.toSqlString(c -> c.withDialect(FlinkParser.DIALECT).withQuoteAllIdentifiers(false))
        .getSql()
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
