package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.sql.Condition;
import io.sysmonflink.jobs.sql.Condition.And;
import io.sysmonflink.jobs.sql.Condition.WildcardList;
import io.sysmonflink.jobs.sql.Conditions;
import io.sysmonflink.jobs.sql.Expression.Column;
import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/**
 * What an event must be like for a query to select it, as far as the query proves it.
 *
 * <p>It is proven by one thing: that of all relations the query names one only, once, and as {@code
 * FROM events WHERE condition}. Whatever it does with the rows then, it sees none of which the
 * condition is not true; so all that AND joins in there must be. Of any other query nothing is
 * known, and it may want every event.
 *
 * @param eventCodes the ids, one of which it must have; none where any will do
 * @param patterns by column: as in {@code WILDCARD_IN(column, ...)}, of which one must match
 */
public record Requirements(SortedSet<Integer> eventCodes, Map<String, List<String>> patterns) {

  private static final Requirements NONE = new Requirements(new TreeSet<>(), Map.of());

  /**
   * Reads them off a query.
   *
   * @param events what has the fields of events as they are, by name
   * @param relations all tables and views there are, by name
   */
  public static Requirements of(String sql, Set<String> events, Set<String> relations) {
    return SqlSyntax.read(sql)
        .flatMap(statement -> ofEvents(statement, events, relations))
        .map(SqlSelect::getWhere)
        .map(where -> of(Conditions.of(where)))
        .orElse(NONE);
  }

  private static Requirements of(Condition condition) {
    Map<String, List<String>> patterns = new LinkedHashMap<>();
    List<Condition> joined = condition instanceof And and ? and.parts() : List.of(condition);
    for (Condition one : joined) {
      if (one instanceof WildcardList list
          && list.value() instanceof Column column
          && column.relation().isEmpty()) {
        // The first will do, where a column is asked for twice.
        patterns.putIfAbsent(column.name(), list.patterns());
      }
    }
    return new Requirements(EventCodes.ofCondition(condition).orElseGet(TreeSet::new), patterns);
  }

  /**
   * Whether a query gives the fields of events as they are, whatever it adds to them: {@code SELECT
   * *, ... FROM events}, with or without a WHERE.
   *
   * @param events what else does, by name
   * @param relations all tables and views there are, by name
   */
  public static boolean keepsFields(String sql, Set<String> events, Set<String> relations) {
    Optional<SqlNode> statement = SqlSyntax.read(sql);
    return statement
        .flatMap(read -> ofEvents(read, events, relations))
        .filter(select -> select == statement.get())
        .filter(select -> SqlSyntax.all(select, SqlSelect.class).size() == 1)
        .filter(select -> !select.isDistinct() && select.getGroup() == null)
        .filter(select -> isStar(select.getSelectList().get(0)))
        .isPresent();
  }

  private static boolean isStar(SqlNode item) {
    return item instanceof SqlIdentifier name && name.isStar() && name.names.size() == 1;
  }

  /**
   * The SELECT that reads from events; empty where another relation is named, or one twice, or one
   * under another name.
   */
  private static Optional<SqlSelect> ofEvents(
      SqlNode statement, Set<String> events, Set<String> relations) {
    // A column of a relation's name counts too: it may as well be one.
    List<SqlIdentifier> named =
        SqlSyntax.all(statement, SqlIdentifier.class).stream()
            .filter(name -> name.names.stream().anyMatch(relations::contains))
            .toList();
    if (named.size() != 1
        || !named.get(0).isSimple()
        || !events.contains(named.get(0).getSimple())) {
      return Optional.empty();
    }
    return SqlSyntax.all(statement, SqlSelect.class).stream()
        .filter(select -> select.getFrom() == named.get(0))
        .findFirst();
  }
}
