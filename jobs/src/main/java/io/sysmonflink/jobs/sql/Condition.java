package io.sysmonflink.jobs.sql;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition of SQL, as a WHERE has it: what detections choose events by. It is read by {@link
 * Conditions} and written by {@link #toSql}: {@code Conditions.parse(condition.toSql())} equals the
 * condition.
 *
 * <p>AND and OR join two parts or more, none of which is joined by the same operator: {@code a AND
 * (b AND c)} is one AND of three.
 */
public sealed interface Condition {

  /**
   * As SQL that reads as the same again. Parentheses stand around an AND within an OR too, so that
   * nobody has to know which SQL takes first.
   */
  String toSql();

  /** All of these must hold. */
  record And(List<Condition> parts) implements Condition {

    public And {
      parts = joined(parts, And.class);
    }

    @Override
    public String toSql() {
      return join(parts, " AND ");
    }
  }

  /** One of these must hold. */
  record Or(List<Condition> parts) implements Condition {

    public Or {
      parts = joined(parts, Or.class);
    }

    @Override
    public String toSql() {
      return join(parts, " OR ");
    }
  }

  /** This must not hold; NULL stays NULL. */
  record Not(Condition condition) implements Condition {

    public Not {
      requireNonNull(condition, "condition is null");
    }

    @Override
    public String toSql() {
      return "NOT (" + condition.toSql() + ")";
    }
  }

  /** Two values compared. */
  record Comparison(Expression left, Operator operator, Expression right) implements Condition {

    @Override
    public String toSql() {
      return Expression.operand(left) + " " + operator.symbol + " " + Expression.operand(right);
    }
  }

  /** How {@link Comparison} compares. */
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }
  }

  /** {@code value IN (member, ...)}: the value equals one of the members. */
  record OneOf(Expression value, List<Expression> members) implements Condition {

    public OneOf {
      members = List.copyOf(members);
      if (members.isEmpty()) {
        throw new IllegalArgumentException("IN needs a member");
      }
    }

    @Override
    public String toSql() {
      return members.stream()
          .map(Expression::operand)
          .collect(Collectors.joining(", ", Expression.operand(value) + " IN (", ")"));
    }
  }

  /**
   * {@code WILDCARD_IN(value, 'pattern', ...)}: the value matches one of the patterns, in either
   * case, {@code *} being any text.
   */
  record WildcardList(Expression value, List<String> patterns) implements Condition {

    public WildcardList {
      patterns = List.copyOf(patterns);
      if (patterns.isEmpty()) {
        throw new IllegalArgumentException(Conditions.WILDCARD + " needs a pattern");
      }
    }

    @Override
    public String toSql() {
      return patterns.stream()
          .map(Expression::text)
          .collect(
              Collectors.joining(
                  ", ", Conditions.WILDCARD + "(" + Expression.operand(value) + ", ", ")"));
    }
  }

  /**
   * {@code value IS NULL}, or {@code value IS NOT NULL}.
   *
   * @param isNull whether it asks for NULL
   */
  record NullTest(Expression value, boolean isNull) implements Condition {

    @Override
    public String toSql() {
      return Expression.operand(value) + (isNull ? " IS NULL" : " IS NOT NULL");
    }
  }

  /** Anything else that is true, false or NULL, as SQL. */
  record Other(String sql) implements Condition {

    public Other {
      requireNonNull(sql, "sql is null");
    }

    @Override
    public String toSql() {
      return sql;
    }
  }

  /** One condition that holds where all of these do; there is one at least. */
  static Condition all(List<Condition> conditions) {
    return conditions.size() == 1 ? conditions.get(0) : new And(conditions);
  }

  /** One condition that holds where one of these does; there is one at least. */
  static Condition any(List<Condition> conditions) {
    return conditions.size() == 1 ? conditions.get(0) : new Or(conditions);
  }

  private static List<Condition> joined(List<Condition> parts, Class<? extends Condition> join) {
    if (parts.size() < 2) {
      throw new IllegalArgumentException("joins fewer than two conditions: " + parts);
    }
    List<Condition> flat = new ArrayList<>();
    for (Condition part : parts) {
      if (!join.isInstance(part)) {
        flat.add(part);
      } else if (part instanceof And and) {
        flat.addAll(and.parts);
      } else if (part instanceof Or or) {
        flat.addAll(or.parts);
      }
    }
    return List.copyOf(flat);
  }

  private static String join(List<Condition> parts, String operator) {
    return parts.stream()
        .map(
            part ->
                part instanceof And || part instanceof Or || part instanceof Other
                    ? "(" + part.toSql() + ")"
                    : part.toSql())
        .collect(Collectors.joining(operator));
  }
}
