package io.sysmonflink.jobs.sql;

import io.sysmonflink.jobs.sql.Condition.And;
import io.sysmonflink.jobs.sql.Condition.Comparison;
import io.sysmonflink.jobs.sql.Condition.Not;
import io.sysmonflink.jobs.sql.Condition.NullTest;
import io.sysmonflink.jobs.sql.Condition.OneOf;
import io.sysmonflink.jobs.sql.Condition.Operator;
import io.sysmonflink.jobs.sql.Condition.Or;
import io.sysmonflink.jobs.sql.Condition.WildcardList;
import io.sysmonflink.jobs.sql.Expression.Column;
import io.sysmonflink.jobs.sql.Expression.FunctionOf;
import io.sysmonflink.jobs.sql.Expression.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.util.NlsString;

/** Reads {@link Condition}s from syntax trees and texts. */
public final class Conditions {

  static final String WILDCARD = "WILDCARD_IN";

  private static final Map<SqlKind, Operator> OPERATORS =
      Map.of(
          SqlKind.EQUALS, Operator.EQUAL,
          SqlKind.NOT_EQUALS, Operator.NOT_EQUAL,
          SqlKind.LESS_THAN, Operator.LESS,
          SqlKind.LESS_THAN_OR_EQUAL, Operator.AT_MOST,
          SqlKind.GREATER_THAN, Operator.GREATER,
          SqlKind.GREATER_THAN_OR_EQUAL, Operator.AT_LEAST);

  private Conditions() {}

  /**
   * The condition that a text is.
   *
   * @throws IllegalArgumentException if it is no SQL, or nested too deeply
   */
  public static Condition parse(String sql) {
    try {
      return of(FlinkParser.expression(sql));
    } catch (SqlParseException | StackOverflowError e) {
      String reason =
          SqlSyntax.isTooDeep(e) ? "is nested too deeply" : SqlComplaint.line(e.getMessage());
      throw new IllegalArgumentException(reason, e);
    }
  }

  /** The condition that a node of a syntax tree is. */
  public static Condition of(SqlNode node) {
    if (node.getKind() == SqlKind.AND) {
      return new And(parts(node));
    } else if (node.getKind() == SqlKind.OR) {
      return new Or(parts(node));
    }
    return node instanceof SqlBasicCall call
        ? ofCall(call)
        : new Condition.Other(SqlSyntax.expression(node));
  }

  private static List<Condition> parts(SqlNode node) {
    return SqlSyntax.joined(node, node.getKind()).stream().map(Conditions::of).toList();
  }

  private static Condition ofCall(SqlBasicCall call) {
    Operator operator = OPERATORS.get(call.getKind());
    if (operator != null && call.operandCount() == 2) {
      return new Comparison(value(call.operand(0)), operator, value(call.operand(1)));
    }
    return switch (call.getKind()) {
      case NOT -> new Not(of(call.operand(0)));
      case IS_NULL, IS_NOT_NULL ->
          new NullTest(value(call.operand(0)), call.getKind() == SqlKind.IS_NULL);
      case IN -> oneOf(call).orElseGet(() -> other(call));
      case NOT_IN -> oneOf(call).<Condition>map(Not::new).orElseGet(() -> other(call));
      default -> wildcards(call).orElseGet(() -> other(call));
    };
  }

  private static Condition other(SqlNode node) {
    return new Condition.Other(SqlSyntax.expression(node));
  }

  private static Optional<Condition> oneOf(SqlCall call) {
    return call.operand(1) instanceof SqlNodeList members && !members.isEmpty()
        ? Optional.of(
            new OneOf(value(call.operand(0)), members.stream().map(Conditions::value).toList()))
        : Optional.empty();
  }

  private static Optional<Condition> wildcards(SqlBasicCall call) {
    if (!SqlSyntax.isCall(call, WILDCARD) || call.operandCount() < 2 || isQuantified(call)) {
      return Optional.empty();
    }
    List<String> patterns = new ArrayList<>();
    for (SqlNode operand : call.getOperandList().subList(1, call.operandCount())) {
      plainText(operand).ifPresent(patterns::add);
    }
    return patterns.size() == call.operandCount() - 1
        ? Optional.of(new WildcardList(value(call.operand(0)), patterns))
        : Optional.empty();
  }

  // One with a character set before it, as U&'...', is not written again as it stood.
  private static Optional<String> plainText(SqlNode node) {
    return node instanceof SqlCharStringLiteral literal
            && literal.getValueAs(NlsString.class).getCharsetName() == null
        ? SqlSyntax.text(literal)
        : Optional.empty();
  }

  /** The value that a node of a syntax tree is. */
  static Expression value(SqlNode node) {
    Optional<String> text = plainText(node);
    if (text.isPresent()) {
      return new Literal(text.get());
    } else if (node instanceof SqlNumericLiteral number && number.getScale() != null) {
      return new Literal(number.bigDecimalValue());
    } else if (node instanceof SqlLiteral literal && literal.getValue() instanceof Boolean bool) {
      return new Literal(bool);
    } else if (node instanceof SqlIdentifier name && !name.isStar() && name.names.size() <= 2) {
      return new Column(
          name.isSimple() ? Optional.empty() : Optional.of(name.names.get(0)),
          name.names.get(name.names.size() - 1));
    } else if (node instanceof SqlBasicCall call && isPlainFunction(call)) {
      return new FunctionOf(
          call.getOperator().getName(),
          call.getOperandList().stream().map(Conditions::value).toList());
    }
    return new Expression.Other(SqlSyntax.expression(node));
  }

  // Others, as TRIM(x FROM y), have a syntax of their own.
  private static boolean isPlainFunction(SqlBasicCall call) {
    return call.getOperator() instanceof SqlUnresolvedFunction function
        && function.getNameAsId().isSimple()
        && call.getKind() == SqlKind.OTHER_FUNCTION
        && call.operandCount() > 0
        && !isQuantified(call)
        && call.getOperandList().stream().allMatch(Conditions::isArgument);
  }

  // COUNT(*), and arguments that are no expressions, stay in the text of the call.
  private static boolean isArgument(SqlNode node) {
    boolean star = node instanceof SqlIdentifier name && name.isStar();
    return !star
        && node.getKind() != SqlKind.ARGUMENT_ASSIGNMENT
        && node.getKind() != SqlKind.EXPLICIT_TABLE
        && node.getKind() != SqlKind.DESCRIPTOR
        && node.getKind() != SqlKind.SET_SEMANTICS_TABLE;
  }

  private static boolean isQuantified(SqlCall call) {
    return call.getFunctionQuantifier() != null;
  }
}
