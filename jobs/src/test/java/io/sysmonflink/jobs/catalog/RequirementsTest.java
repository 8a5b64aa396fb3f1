package io.sysmonflink.jobs.catalog;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query requires of an event is never more than what its text says. */
class RequirementsTest {

  private static final Set<String> EVENTS = Set.of("windows_events", "sysmon");
  private static final Set<String> RELATIONS =
      Set.of("windows_events", "sysmon", "event_data", "other", "a_detection");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT * FROM sysmon WHERE EventCode = 22 AND WILDCARD_IN(QueryName, '*a*', 'it''s')    | [22] {QueryName=[*a*, it's]}
          SELECT * FROM `sysmon` WHERE wildcard_in(`QueryName`, '*a*') AND EventCode IN (1, 22)   | [1, 22] {QueryName=[*a*]}
          SELECT * FROM windows_events WHERE (EventCode = 1 AND (WILDCARD_IN(a, 'x')))            | [1] {a=[x]}
          SELECT a FROM (SELECT a, S(t) FROM sysmon WHERE WILDCARD_IN(a, 'x') GROUP BY a) WHERE b | [] {a=[x]}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') AND WILDCARD_IN(b, 'y')                  | [] {a=[x], b=[y]}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') AND WILDCARD_IN(a, 'y')                  | [] {a=[x]}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') AND (b OR c) AND d BETWEEN 1 AND 2       | [] {a=[x]}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, '--') /* OR b */ AND c -- OR d                | [] {a=[--]}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x) OR b') ORDER BY a LIMIT 1                 | [] {a=[x) OR b]}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') AND LEFT(b, 1) = 'y' GROUP BY a          | [] {a=[x]}
          WITH s AS (SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x')) SELECT * FROM s, s AS t      | [] {a=[x]}

          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') OR b                                     | [] {}
          SELECT * FROM sysmon WHERE (WILDCARD_IN(a, 'x') OR b) AND c                             | [] {}
          SELECT * FROM sysmon WHERE NOT WILDCARD_IN(a, 'x')                                      | [] {}
          SELECT * FROM sysmon WHERE NOT (WILDCARD_IN(a, 'x'))                                    | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') IS FALSE                                 | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') = FALSE                                  | [] {}
          SELECT * FROM sysmon WHERE CASE WHEN b AND WILDCARD_IN(a, 'x') THEN FALSE END AND c     | [] {}
          SELECT * FROM sysmon WHERE m[b AND WILDCARD_IN(a, 'x') AND c] = 1                       | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(UPPER(a), 'x')                                   | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, b) AND WILDCARD_IN(c, 'x', d)                 | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, TRIM('x'))                                    | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x' 'y')                                      | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, U&'x')                                        | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a)                                               | [] {}
          SELECT * FROM sysmon AS s WHERE WILDCARD_IN(s.a, 'x')                                   | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') AND LEFT(b, 1) = 'y' OR c                | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') AND RIGHT (b, 1) = 'y' OR c              | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') AND minus = 'y' OR c                     | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') AND offset = 'y' OR c                    | [] {}
          SELECT * FROM sysmon                                                                    | [] {}
          SELECT WILDCARD_IN(a, 'x') FROM sysmon                                                  | [] {}
          SELECT * FROM sysmon HAVING WILDCARD_IN(a, 'x')                                         | [] {}
          SELECT * FROM (SELECT UPPER(a) AS a FROM sysmon) WHERE WILDCARD_IN(a, 'x')              | [] {}

          SELECT * FROM other WHERE WILDCARD_IN(a, 'x')                                           | [] {}
          SELECT * FROM db.sysmon WHERE WILDCARD_IN(a, 'x')                                       | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') UNION ALL SELECT * FROM sysmon           | [] {}
          SELECT * FROM sysmon UNION ALL SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x')           | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') UNION ALL TABLE sysmon                   | [] {}
          SELECT * FROM (SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x')) AS s, `sysmon` AS t      | [] {}
          SELECT * FROM (SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x')) JOIN a_detection ON b    | [] {}
          SELECT * FROM sysmon, other WHERE WILDCARD_IN(a, 'x')                                   | [] {}
          SELECT * FROM other, sysmon WHERE WILDCARD_IN(a, 'x')                                   | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') AND b IN (SELECT b FROM other)           | [] {}
          SELECT * FROM sysmon WHERE WILDCARD_IN(a, 'x') UNION ALL TABLE U&`\\0073ysmon`            | [] {}
          SELECT * FROM SYSMON WHERE WILDCARD_IN(a, 'x')                                          | [] {}
          """)
  void whatTheTextProves(String sql, String required) {
    Requirements requirements = Requirements.of(sql, EVENTS, RELATIONS);
    assertThat(requirements.eventCodes() + " " + requirements.patterns()).isEqualTo(required);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT *, PROCESS_NAME(Image) AS process_name FROM windows_events WHERE a OR b  | true
          SELECT * FROM sysmon                                                            | true
          SELECT DISTINCT * FROM sysmon                                                   | false
          SELECT UPPER(a) AS a, * FROM windows_events                                     | false
          SELECT * FROM (SELECT UPPER(a) AS a FROM windows_events WHERE b)                | false
          SELECT * FROM windows_events AS e (a, b)                                        | false
          SELECT * FROM windows_events, other                                             | false
          SELECT * FROM other                                                             | false
          SELECT a, b FROM windows_events                                                 | false
          SELECT *                                                                        | false
          """)
  void whoGivesTheFieldsAsTheyAre(String sql, boolean expected) {
    assertThat(Requirements.keepsFields(sql, EVENTS, RELATIONS)).isEqualTo(expected);
  }

  /** A condition as SQL, and what it is of an event. */
  record Condition(String sql, Predicate<Map<String, String>> holds) {

    Condition enclosed() {
      return new Condition("(" + sql + ")", holds);
    }
  }

  @Property(tries = 3000)
  void anEventThatTheConditionTakesMeetsWhatIsRequired(
      @ForAll("conditions") Condition condition, @ForAll("events") Map<String, String> event) {
    String sql = "SELECT a FROM sysmon WHERE %s GROUP BY a".formatted(condition.sql);
    Requirements required = Requirements.of(sql, EVENTS, RELATIONS);
    boolean nothing = required.eventCodes().isEmpty() && required.patterns().isEmpty();
    Statistics.collect(nothing ? "nothing required" : "required", condition.holds.test(event));
    if (condition.holds.test(event)) {
      assertThat(required.patterns())
          .as(sql)
          .allSatisfy((column, patterns) -> assertThat(patterns).contains(event.get(column)));
      assertThat(required.eventCodes().isEmpty() || required.eventCodes().contains(code(event)))
          .as(sql)
          .isTrue();
    }
  }

  private static int code(Map<String, String> event) {
    return Integer.parseInt(event.get("EventCode"));
  }

  @Provide
  Arbitrary<Map<String, String>> events() {
    Arbitrary<String> values = Arbitraries.of("x", "y", "z");
    return Combinators.combine(Arbitraries.of("1", "22"), values, values)
        .as((code, a, b) -> Map.of("EventCode", code, "a", a, "b", b));
  }

  /** With parentheses where SQL needs them, and some more. */
  @Provide
  Arbitrary<Condition> conditions() {
    return conditions(4);
  }

  private static Arbitrary<Condition> leaves() {
    Arbitrary<Condition> matching =
        Combinators.combine(
                Arbitraries.of("a", "b"),
                Arbitraries.of("x", "y", "z").list().ofMinSize(1).ofMaxSize(2))
            .as(
                (column, values) ->
                    new Condition(
                        values.stream()
                            .map(value -> "'" + value + "'")
                            .collect(joining(", ", "WILDCARD_IN(" + column + ", ", ")")),
                        event -> values.contains(event.get(column))));
    Arbitrary<Condition> ofCode =
        Arbitraries.of(1, 22)
            .map(code -> new Condition("EventCode = " + code, event -> code(event) == code));
    return Arbitraries.oneOf(matching, matching, ofCode);
  }

  private static Arbitrary<Condition> conditions(int depth) {
    if (depth == 0) {
      return leaves();
    }
    Arbitrary<Condition> below = conditions(depth - 1);
    return Arbitraries.oneOf(
        leaves(),
        below.map(Condition::enclosed),
        below.map(one -> new Condition("NOT " + one.enclosed().sql, one.holds.negate())),
        below.map(one -> new Condition(one.enclosed().sql + " IS NOT TRUE", one.holds.negate())),
        Combinators.combine(below, below).as((one, other) -> joined("AND", one, other)),
        Combinators.combine(below, below).as((one, other) -> joined("AND", one, other)),
        Combinators.combine(below, below).as((one, other) -> joined("OR", one, other)));
  }

  private static Condition joined(String operator, Condition one, Condition other) {
    boolean all = operator.equals("AND");
    return new Condition(
        // Only OR binds less than AND.
        (all && hasOr(one) ? one.enclosed() : one).sql
            + (" " + operator + " ")
            + (all && hasOr(other) ? other.enclosed() : other).sql,
        all ? one.holds.and(other.holds) : one.holds.or(other.holds));
  }

  private static boolean hasOr(Condition condition) {
    return condition.sql.contains(" OR ");
  }
}
