package io.sysmonflink.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupedSearchTest {

  /** Each line: a search, the by-fields that it asks for, and the search without asking. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT a, COUNT(*) FROM t WHERE b = 1 AND a IS NOT NULL GROUP BY a | a | SELECT a, COUNT(*) FROM t WHERE b = 1 AND TRUE GROUP BY a
          SELECT a FROM t WHERE a IS NOT NULL GROUP BY a                | a     | SELECT a FROM t WHERE TRUE GROUP BY a
          SELECT a AS dest FROM t WHERE a IS NOT NULL GROUP BY a        | dest  | SELECT a AS dest FROM t WHERE TRUE GROUP BY a
          SELECT `a` AS `my dest` FROM t WHERE a is not null GROUP BY `a` | my dest | SELECT `a` AS `my dest` FROM t WHERE TRUE GROUP BY `a`
          SELECT s.a FROM t AS s WHERE a IS NOT NULL GROUP BY s.a       | a     | SELECT s.a FROM t AS s WHERE TRUE GROUP BY s.a
          SELECT a FROM t s WHERE s.a IS NOT NULL GROUP BY a            | a     | SELECT a FROM t s WHERE TRUE GROUP BY a
          SELECT a, b FROM t WHERE (c = 1 AND (a IS NOT NULL)) AND b IS NOT NULL GROUP BY b, a | a, b | SELECT a, b FROM t WHERE (c = 1 AND (TRUE)) AND TRUE GROUP BY b, a
          SELECT UPPER(a) AS x FROM t WHERE UPPER(a) IS NOT NULL GROUP BY UPPER(a) | x | SELECT UPPER(a) AS x FROM t WHERE TRUE GROUP BY UPPER(a)
          SELECT x AS y, f(x) AS x FROM (SELECT a AS x FROM t WHERE a IS NOT NULL GROUP BY a) | y | SELECT x AS y, f(x) AS x FROM (SELECT a AS x FROM t WHERE TRUE GROUP BY a)
          SELECT * FROM (SELECT *, 1 AS z FROM (SELECT a FROM t WHERE a IS NOT NULL GROUP BY a) AS p) q | a | SELECT * FROM (SELECT *, 1 AS z FROM (SELECT a FROM t WHERE TRUE GROUP BY a) AS p) q
          SELECT p.a FROM (SELECT a FROM t WHERE a IS NOT NULL GROUP BY a) AS p | a | SELECT p.a FROM (SELECT a FROM t WHERE TRUE GROUP BY a) AS p
          SELECT a FROM t WHERE b BETWEEN 1 AND 2 AND a IS NOT NULL GROUP BY a | a | SELECT a FROM t WHERE b BETWEEN 1 AND 2 AND TRUE GROUP BY a
          SELECT a FROM t WHERE (b = 1 OR a IS NOT NULL) AND a IS NOT NULL GROUP BY a | a | SELECT a FROM t WHERE (b = 1 OR a IS NOT NULL) AND TRUE GROUP BY a
          SELECT a, b FROM t WHERE a IS NOT NULL AND c IS NOT NULL GROUP BY a, b | a | SELECT a, b FROM t WHERE TRUE AND c IS NOT NULL GROUP BY a, b
          SELECT a FROM t WHERE a IS NOT NULL AND b IS NOT NULL GROUP BY a, b | a | SELECT a FROM t WHERE TRUE AND b IS NOT NULL GROUP BY a, b
          """)
  void takesOutWhatAsksForByFieldsThatTheResultShows(String sql, String fields, String without) {
    GroupedSearch search = GroupedSearch.of(sql).orElseThrow();

    assertThat(String.join(", ", search.fields())).isEqualTo(fields);
    assertThat(search.withoutAsking()).isEqualTo(without);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT",
        "SELECT a",
        "SELECT a FROM t",
        "SELECT a FROM t WHERE a IS NOT NULL",
        "SELECT a FROM t GROUP BY a",
        "SELECT a FROM t WHERE b = 1 GROUP BY a",
        "SELECT a FROM t WHERE b = 1 OR a IS NOT NULL GROUP BY a",
        "SELECT a FROM t WHERE NOT a IS NOT NULL GROUP BY a",
        "SELECT a FROM t WHERE NOT (a) IS NOT NULL GROUP BY NOT (a)",
        "SELECT a FROM t WHERE a IS NULL GROUP BY a",
        "SELECT a FROM t WHERE a IS NOT NULL AND a IS NOT NULL GROUP BY a",
        "SELECT f(a) AS a FROM t WHERE a IS NOT NULL GROUP BY a",
        "SELECT s.a FROM t WHERE a IS NOT NULL GROUP BY a",
        "SELECT a FROM t, u WHERE a IS NOT NULL GROUP BY a",
        "SELECT a FROM t JOIN u ON TRUE WHERE a IS NOT NULL GROUP BY a",
        "SELECT a FROM t FOR SYSTEM_TIME AS OF now WHERE a IS NOT NULL GROUP BY a",
        "SELECT a FROM TABLE(f(t)) WHERE a IS NOT NULL GROUP BY a",
        "SELECT DISTINCT a FROM t WHERE a IS NOT NULL GROUP BY a",
        "SELECT a FROM t WHERE a IS NOT NULL GROUP BY a HAVING COUNT(*) > 1",
        "SELECT a FROM t WHERE a IS NOT NULL GROUP BY a ORDER BY a LIMIT 1",
        "SELECT a FROM t WHERE a IS NOT NULL GROUP BY ROLLUP (a)",
        "SELECT a, ROW_NUMBER() OVER () FROM t WHERE a IS NOT NULL GROUP BY a",
        "SELECT a FROM t WHERE a IS NOT NULL GROUP BY a UNION ALL SELECT a FROM u",
        "SELECT x.a FROM (SELECT s AS x FROM t WHERE s IS NOT NULL GROUP BY s)",
        "SELECT a FROM (SELECT a FROM t WHERE a IS NOT NULL GROUP BY a) WHERE a = 'x'",
        "SELECT b FROM (SELECT a FROM t WHERE a IS NOT NULL GROUP BY a) AS x (b)",
        "SELECT a FROM (SELECT a FROM (SELECT a FROM t WHERE a IS NOT NULL) GROUP BY a)",
        "SELECT b FROM (SELECT a, b FROM t WHERE a IS NOT NULL GROUP BY a, b)",
        "WITH u AS (SELECT 1) SELECT a FROM t WHERE a IS NOT NULL GROUP BY a",
        "SELECT a FROM t WHERE a IS NOT NULL GROUP BY a;",
        "SELECT a FROM t /*+ OPTIONS('x'='y') */ WHERE a IS NOT NULL GROUP BY a",
        "SELECT U&`a` FROM t WHERE U&`a` IS NOT NULL GROUP BY U&`a`",
        "SELECT CASE a WHEN 1 THEN 2 END FROM t WHERE CASE a WHEN 1 THEN 2 END IS NOT NULL"
            + " GROUP BY CASE a WHEN 1 THEN 2 END",
      })
  void leavesAloneWhatItDoesNotKnow(String sql) {
    assertThat(GroupedSearch.of(sql)).isEmpty();
  }

  /** Each line: a WHERE, and what stands in its place in a live run. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          c = 1 AND a IS NOT NULL                              | c = 1 AND TRUE AND F(a)
          a IS NOT NULL AND NOT c = 1                          | TRUE AND NOT c = 1 AND F(a)
          a IS NOT NULL AND c IS NOT NULL AND d = 1            | TRUE AND TRUE AND d = 1 AND F(a; c IS NOT NULL)
          a IS NOT NULL AND (c IS NULL OR d = 1)               | TRUE AND TRUE AND F(a; (c IS NULL OR d = 1))
          (NOT (c IS NULL) AND d = 1) AND a IS NOT NULL        | (TRUE AND d = 1) AND TRUE AND F(a; NOT (c IS NULL))
          d BETWEEN 1 AND 2 AND (d = 1) IS TRUE AND a IS NOT NULL | d BETWEEN 1 AND 2 AND TRUE AND TRUE AND F(a; (d = 1) IS TRUE)
          b IS NOT NULL AND b IS NOT NULL AND a IS NOT NULL    | TRUE AND TRUE AND TRUE AND F(a; b IS NOT NULL; b IS NOT NULL)
          """)
  void oneConditionTakesThePlaceOfAllThatAskForNull(String where, String live) {
    String sql = "SELECT a, b FROM t WHERE %s /* c */ GROUP BY a, b";

    GroupedSearch search = GroupedSearch.of(sql.formatted(where)).orElseThrow();

    assertThat(search.asking(arguments -> "F(" + String.join("; ", arguments) + ")"))
        .isEqualTo(sql.formatted(live));
  }

  @Test
  void commentsAndLiteralsAreNoSql() {
    String sql =
        """
        SELECT a -- FROM x WHERE
        FROM t WHERE 'GROUP BY' = b AND a -- comment
          IS
          NOT NULL /* end */
        GROUP BY a
        """;
    GroupedSearch search = GroupedSearch.of(sql).orElseThrow();

    assertThat(search.withoutAsking())
        .isEqualTo(
            "SELECT a -- FROM x WHERE\nFROM t WHERE 'GROUP BY' = b AND TRUE /* end */\nGROUP BY a\n");
  }

  @Test
  void everyBundledDetectionIsOfTheFormThatIsKnown() {
    for (SqlFile detection : SqlFiles.bundled().in("detections", ".sql")) {
      assertThat(GroupedSearch.of(detection.text()).orElseThrow().fields())
          .containsExactly(
              "Image", "QueryName", "QueryStatus", "process_name", "QueryResults", "dest");
    }
  }
}
