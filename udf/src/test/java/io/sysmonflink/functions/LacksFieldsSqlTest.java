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
class LacksFieldsSqlTest {

  private static final String EVENTS =
      """
      CREATE TEMPORARY VIEW events AS SELECT id, name, NULLIF(a, '') AS a, NULLIF(b, '') AS b FROM (VALUES
        (1, 'x', 'a', 'b'), (1, 'x', '', 'b'), (1, 'x', '', ''), (1, 'x', 'a', ''),
        (1, 'y', '', ''), (2, 'x', '', 'b'), (1, 'x', 'a', 'b')) AS t (id, name, a, b)
      """;

  private static final String HAS = "NOT LACKS_FIELDS('d', 'a, b', ROW(a, b))";

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
          SELECT * FROM events WHERE NOT WILDCARD_IN(name, 'y') AND id = 1 AND NOT id = 7 AND HAS | 2 | 3 of all, 2 without a, 2 without b
          SELECT * FROM (SELECT * FROM events WHERE NOT WILDCARD_IN(name, 'y')) WHERE id = 1 AND HAS | 2 | 3 of all, 2 without a, 2 without b
          SELECT * FROM events WHERE name <> 'y' AND id NOT IN (2, 5) AND name NOT LIKE 'z' AND HAS | 2 | 3 of all, 2 without a, 2 without b
          SELECT * FROM events WHERE NOT LACKS_FIELDS('d', 'a, b', ROW(a, b, NULLIF(name, 'y') IS NOT NULL, id = 1)) | 2 | 3 of all, 2 without a, 2 without b
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
  void isNeverNullWhateverIsMissing() {
    Row row =
        open()
            .executeSql(
                "SELECT LACKS_FIELDS('d', 'a', ROW(1)), LACKS_FIELDS('d', 'a', ROW(CAST(NULL AS INT))),"
                    + " LACKS_FIELDS('d', 'a, b', ROW('x', CURRENT_DATE, CAST(NULL AS BOOLEAN))),"
                    + " LACKS_FIELDS('d', 'a, b', ROW('x', CURRENT_DATE, TRUE)),"
                    + " LACKS_FIELDS('d', 'a, b', ROW('x', CURRENT_DATE, TRUE, FALSE))")
            .collect()
            .next();

    assertThat(row).isEqualTo(Row.of(false, true, true, false, true));
  }

  private static TableEnvironment open() {
    TableEnvironment tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(KeptCounters.configuration())
                .build());
    tables.getConfig().set("parallelism.default", "1");
    tables.createTemporarySystemFunction("LACKS_FIELDS", LacksFields.class);
    tables.createTemporarySystemFunction("WILDCARD_IN", WildcardIn.class);
    tables.createTemporarySystemFunction("PROCESS_NAME", ProcessName.class);
    tables.executeSql(EVENTS);
    return tables;
  }
}
