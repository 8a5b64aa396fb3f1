package io.sysmonflink.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.catalog.Requirements;
import io.sysmonflink.jobs.catalog.SqlFile;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/** What is read off a query's tokens, Flink's own parser reads out of it too. */
class RequirementsSyntaxTest {

  /** Conditions of many kinds, some with words in them that elsewhere end a clause or join two. */
  private static final List<String> LEAVES =
      List.of(
          "WILDCARD_IN(a, 'x')",
          "WILDCARD_IN(b, '*it''s*', '(', ' OR ')",
          "wildcard_in(`c`, 'y')",
          "WILDCARD_IN(UPPER(a), 'z')",
          "WILDCARD_IN(a, 'z') = FALSE",
          "WILDCARD_IN(b, CONCAT('x', a))",
          "EventCode = 22",
          "EventCode IN (1, 22)",
          "LEFT(a, 1) = 'x'",
          "RIGHT (b, 2) = 'x'",
          "a BETWEEN 'x' AND 'y'",
          "a NOT BETWEEN b AND c",
          "b LIKE '%x!%' ESCAPE '!'",
          "a IS DISTINCT FROM b",
          "a IS NOT NULL",
          "(a, b) = ('x', 'y')",
          "EXTRACT(DAY FROM d) > 3",
          "TRIM(BOTH ' ' FROM a) = 'x'",
          "CAST(a AS INT) + 1 > 2",
          "m['k'] = 'x OR y'",
          "n[WILDCARD_IN(a, 'n') AND WILDCARD_IN(b, 'n') AND WILDCARD_IN(c, 'n')] = 1",
          "d > TIMESTAMP '2024-11-01 00:00:00' - INTERVAL '1' DAY",
          "a = 'x' -- OR b\n",
          "a /* AND */ = U&'\\0041'",
          "`group` = `order` || 'x'");

  private static final List<String> ENDS =
      List.of(
          "",
          " GROUP BY a",
          " HAVING COUNT(*) > 1",
          " ORDER BY a",
          " LIMIT 3",
          " OFFSET 1 ROWS",
          " FETCH FIRST 2 ROWS ONLY",
          " UNION ALL SELECT 'x'",
          " INTERSECT SELECT 'x'");

  private static final Set<String> EVENTS = Set.of("sysmon");

  @Property(tries = 3000)
  void whatIsRequiredIsJoinedByAnd(
      @ForAll("conditions") String condition, @ForAll("ends") String end) {
    String search = "SELECT a FROM sysmon WHERE " + condition + end;
    String sql = "SELECT * FROM (" + search + ") AS s WHERE WILDCARD_IN(a, 'outer')";

    Requirements required = Requirements.of(sql, EVENTS, EVENTS);

    Statistics.collect(required.patterns().isEmpty() ? "nothing" : "patterns");
    List<SqlNode> conjuncts = SqlSyntax.conjuncts(whereOfSysmon(sql));
    required
        .patterns()
        .forEach(
            (column, patterns) ->
                assertThat(conjuncts).as(sql).anyMatch(node -> asks(node, column, patterns)));
    if (!required.eventCodes().isEmpty()) {
      assertThat(conjuncts).as(sql).anyMatch(node -> SqlSyntax.sql(node).contains("EventCode"));
    }
  }

  private static SqlNode whereOfSysmon(String sql) {
    SqlNode statement = new SqlFile("detections/q.sql", SqlFile.BUNDLED, sql).parse();
    return SqlSyntax.all(statement, SqlSelect.class).stream()
        .filter(select -> select.getFrom() instanceof SqlIdentifier)
        .findFirst()
        .orElseThrow()
        .getWhere();
  }

  private static boolean asks(SqlNode condition, String column, List<String> patterns) {
    if (!SqlSyntax.isCall(condition, "WILDCARD_IN")) {
      return false;
    }
    List<SqlNode> operands = ((SqlCall) condition).getOperandList();
    return SqlSyntax.column(operands.get(0)).filter(column::equals).isPresent()
        && operands.stream()
            .skip(1)
            .map(operand -> SqlSyntax.text(operand).orElse(null))
            .toList()
            .equals(patterns);
  }

  @Provide
  Arbitrary<String> ends() {
    return Arbitraries.of(ENDS);
  }

  @Provide
  Arbitrary<String> conditions() {
    return conditions(3);
  }

  private static Arbitrary<String> conditions(int depth) {
    Arbitrary<String> leaf =
        Arbitraries.oneOf(Arbitraries.of(LEAVES), Arbitraries.of(LEAVES.subList(0, 3)));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> below = conditions(depth - 1);
    Arbitrary<String> joined =
        Combinators.combine(below, Arbitraries.of(" AND ", "\nAND ", " AND ", " OR "), below)
            .as((one, operator, other) -> one + operator + other);
    return Arbitraries.oneOf(
        leaf,
        joined,
        joined,
        joined,
        below.map(one -> "(" + one + ")"),
        below.map(one -> "NOT (" + one + ")"),
        below.map(one -> "(" + one + ") IS NOT TRUE"),
        below.map(one -> "CASE WHEN " + one + " THEN a = 'x' OR b = 'y' ELSE TRUE END"));
  }
}
