package io.sysmonflink.jobs.sql;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A value in a {@link Condition}: what stands on a side of a comparison. */
public sealed interface Expression {

  /** As SQL that reads as the same again. */
  String toSql();

  /**
   * A column.
   *
   * @param relation the table or view that stands before it, if one does
   */
  record Column(Optional<String> relation, String name) implements Expression {

    /** A column without a relation before it. */
    public static Column of(String name) {
      return new Column(Optional.empty(), name);
    }

    @Override
    public String toSql() {
      return relation.map(r -> identifier(r) + ".").orElse("") + identifier(name);
    }
  }

  /** A call of a function of at least one argument, as {@code PROCESS_NAME(Image)}. */
  record FunctionOf(String name, List<Expression> arguments) implements Expression {

    public FunctionOf {
      arguments = List.copyOf(arguments);
      if (arguments.isEmpty()) {
        throw new IllegalArgumentException(name + ": has no argument");
      }
    }

    @Override
    public String toSql() {
      return arguments.stream()
          .map(Expression::operand)
          .collect(Collectors.joining(", ", identifier(name) + "(", ")"));
    }
  }

  /**
   * A literal.
   *
   * @param value a String, a BigDecimal or a Boolean
   */
  record Literal(Object value) implements Expression {

    public Literal {
      if (!(value instanceof String || value instanceof BigDecimal || value instanceof Boolean)) {
        throw new IllegalArgumentException("no literal: " + value);
      }
    }

    /** A whole number. */
    public static Literal of(long number) {
      return new Literal(BigDecimal.valueOf(number));
    }

    @Override
    public String toSql() {
      if (value instanceof String text) {
        return text(text);
      } else if (value instanceof BigDecimal number) {
        return number.toPlainString();
      }
      return Boolean.TRUE.equals(value) ? "TRUE" : "FALSE";
    }
  }

  /** Anything else, as SQL. */
  record Other(String sql) implements Expression {

    public Other {
      requireNonNull(sql, "sql is null");
    }

    @Override
    public String toSql() {
      return sql;
    }
  }

  /** An expression as an operand: what may bind less than what is around it is in parentheses. */
  static String operand(Expression expression) {
    return expression instanceof Other ? "(" + expression.toSql() + ")" : expression.toSql();
  }

  /** A name, in backticks where it needs them. */
  static String identifier(String name) {
    return PLAIN.matcher(name).matches() && !FlinkParser.isReserved(name)
        ? name
        : "`" + name.replace("`", "``") + "`";
  }

  /** A text in quotes. */
  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Names that need no backticks, unless they are reserved. */
  Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
}
