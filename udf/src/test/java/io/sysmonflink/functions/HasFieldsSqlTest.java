package io.sysmonflink.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In Flink's planner, with a job's metrics. */
class HasFieldsSqlTest {

  private static final String EVENTS =
      """
      CREATE TEMPORARY VIEW events AS SELECT id, name, NULLIF(a, '') AS a, NULLIF(b, '') AS b FROM (VALUES
        (1, 'x', 'a', 'b'), (1, 'x', '', 'b'), (1, 'x', '', ''), (1, 'x', 'a', ''),
        (1, 'y', '', ''), (2, 'x', '', 'b'), (1, 'x', 'a', 'b')) AS t (id, name, a, b)
      """;

  private static final String HAS = "HAS_FIELDS('d', 'a, b', a IS NOT NULL, b IS NOT NULL)";

  /**
   * Only rows that meet all other conditions are asked and counted, wherever the planner finds
   * those. Each line: a query, how many rows it gives, and what was counted.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT * FROM events WHERE HAS | 2 | 5 of all, 4 without a, 3 without b
          SELECT * FROM events WHERE id = 1 AND name = 'x' AND HAS | 2 | 3 of all, 2 without a, 2 without b
          SELECT * FROM events WHERE id = 1 AND (name = 'x' OR name = 'z') AND WILDCARD_IN(name, 'X') AND HAS | 2 | 3 of all, 2 without a, 2 without b
          SELECT * FROM (SELECT *, PROCESS_NAME(name) AS p FROM events WHERE id = 1) WHERE p = 'x' AND HAS | 2 | 3 of all, 2 without a, 2 without b
          SELECT a, b, COUNT(*) FROM events WHERE id = 1 AND name = 'x' AND HAS GROUP BY a, b | 1 | 3 of all, 2 without a, 2 without b
          SELECT * FROM events WHERE id = 3 AND HAS | 0 | 0 of all, 0 without a, 0 without b
          """)
  void countsWhatLacksAFieldAndMeetsAllElse(String query, int rows, String counted) {
    TableEnvironment tables = open();

    List<Row> found =
        CollectionUtil.iteratorToList(tables.executeSql(query.replace("HAS", HAS)).collect());

    assertThat(found.stream().filter(row -> row.getKind().shortString().matches("[+]I")))
        .hasSize(rows);
    Map<String, Long> values = KeptCounters.values();
    assertThat(
            "%d of all, %d without a, %d without b"
                .formatted(
                    values.get("detection.d.lackingFields"),
                    values.get("detection.d.field.a.lackingFields"),
                    values.get("detection.d.field.b.lackingFields")))
        .isEqualTo(counted);
  }

  @Test
  void isFalseAndNeverNullWhateverIsMissing() {
    TableEnvironment tables = open();

    Row row =
        tables
            .executeSql(
                "SELECT HAS_FIELDS('d', 'a', TRUE), HAS_FIELDS('d', 'a', FALSE),"
                    + " HAS_FIELDS('d', 'a', CAST(NULL AS BOOLEAN)), HAS_FIELDS('d', 'a, b', TRUE, FALSE)")
            .collect()
            .next();

    assertThat(row).isEqualTo(Row.of(true, false, false, false));
  }

  private static TableEnvironment open() {
    TableEnvironment tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(KeptCounters.configuration())
                .build());
    tables.getConfig().set("parallelism.default", "1");
    tables.createTemporarySystemFunction("HAS_FIELDS", HasFields.class);
    tables.createTemporarySystemFunction("WILDCARD_IN", WildcardIn.class);
    tables.createTemporarySystemFunction("PROCESS_NAME", ProcessName.class);
    tables.executeSql(EVENTS);
    return tables;
  }
}
