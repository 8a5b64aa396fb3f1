package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.sql.Condition;
import io.sysmonflink.jobs.sql.Condition.And;
import io.sysmonflink.jobs.sql.Condition.Comparison;
import io.sysmonflink.jobs.sql.Condition.OneOf;
import io.sysmonflink.jobs.sql.Condition.Operator;
import io.sysmonflink.jobs.sql.Condition.Or;
import io.sysmonflink.jobs.sql.Conditions;
import io.sysmonflink.jobs.sql.Expression;
import io.sysmonflink.jobs.sql.Expression.Column;
import io.sysmonflink.jobs.sql.Expression.Literal;
import io.sysmonflink.jobs.sql.SqlSyntax;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlNode;

/**
 * The event ids that a query can see: what its conditions let pass.
 *
 * <p>A source drops the ids that no detection's {@code event_codes} name before anything is parsed,
 * so a query that wants an id its YAML lacks would silently find nothing. Hence each WHERE or ON
 * clause is read as a boolean expression: {@code EventCode = n} and {@code EventCode IN (n, ...)}
 * restrict, all else lets any id pass; OR restricts if both sides do, AND if one does. The answer
 * may name an id too many (of a join's two sides, say), never one too few. A clause that lets any
 * id pass is taken for a filter over what another has restricted.
 */
final class EventCodes {

  private static final String COLUMN = "EventCode";

  private EventCodes() {}

  /** The ids, or nothing where the query does not restrict them. */
  static Optional<SortedSet<Integer>> of(String sql) {
    return SqlSyntax.read(sql).flatMap(EventCodes::of);
  }

  /** The ids, or nothing where the statement does not restrict them. */
  static Optional<SortedSet<Integer>> of(SqlNode statement) {
    return SqlSyntax.choices(statement).stream()
        .map(Conditions::of)
        .map(EventCodes::ofCondition)
        .flatMap(Optional::stream)
        .reduce(EventCodes::union);
  }

  /** The ids that a condition lets pass, or nothing where it does not restrict them. */
  static Optional<SortedSet<Integer>> ofCondition(Condition condition) {
    if (condition instanceof Or or) {
      List<Optional<SortedSet<Integer>>> parts =
          or.parts().stream().map(EventCodes::ofCondition).toList();
      return parts.stream().allMatch(Optional::isPresent)
          ? parts.stream().flatMap(Optional::stream).reduce(EventCodes::union)
          : Optional.empty();
    } else if (condition instanceof And and) {
      return and.parts().stream()
          .map(EventCodes::ofCondition)
          .flatMap(Optional::stream)
          .reduce(EventCodes::union);
    } else if (condition instanceof Comparison comparison
        && comparison.operator() == Operator.EQUAL) {
      return isColumn(comparison.left())
          ? ids(List.of(comparison.right()))
          : isColumn(comparison.right()) ? ids(List.of(comparison.left())) : Optional.empty();
    } else if (condition instanceof OneOf list && isColumn(list.value())) {
      return ids(list.members());
    }
    return Optional.empty();
  }

  private static boolean isColumn(Expression value) {
    return value instanceof Column column && column.name().equals(COLUMN);
  }

  private static Optional<SortedSet<Integer>> ids(List<Expression> values) {
    SortedSet<Integer> ids = new TreeSet<>();
    for (Expression value : values) {
      if (!(value instanceof Literal literal
          && literal.value() instanceof BigDecimal number
          && number.toPlainString().matches("\\d{1,6}"))) {
        return Optional.empty();
      }
      ids.add(number.intValueExact());
    }
    return Optional.of(ids);
  }

  private static SortedSet<Integer> union(SortedSet<Integer> one, SortedSet<Integer> other) {
    SortedSet<Integer> union = new TreeSet<>(one);
    union.addAll(other);
    return union;
  }
}
