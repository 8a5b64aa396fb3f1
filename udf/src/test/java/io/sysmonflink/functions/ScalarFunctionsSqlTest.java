package io.sysmonflink.functions;

import static org.apache.flink.table.api.Expressions.$;
import static org.apache.flink.table.api.Expressions.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(MiniClusterExtension.class)
class ScalarFunctionsSqlTest {

  @ParameterizedTest
  @EnumSource(names = {"BATCH", "STREAMING"})
  void wildcard_in_compares_as_a_search_does(RuntimeExecutionMode mode) {
    SqlSession session = SqlSession.open(mode);
    String[][] cases = {
      // value, patterns, expected
      {"'abc.pastebin.com'", "'*pastebin*'", "true"},
      {"'pastebin'", "'*pastebin*'", "true"},
      {"'PasteBin.com'", "'*pastebin*'", "true"},
      {"'pastebin.com'", "'*PASTEBIN*'", "true"},
      {"'paste.bin'", "'*pastebin*'", "false"},
      {"'internet.messenger.msn.com'", "'*t.me*'", "true"},
      {"'tome'", "'*t.me*'", "false"},
      {"'cmd.exe'", "'cmd.exe'", "true"},
      {"'cmd.exe '", "'cmd.exe'", "false"},
      {"'xcmd.exe'", "'cmd.exe'", "false"},
      {"'cmdXexe'", "'cmd_exe', 'cmd?exe', 'cmd%exe', 'cmd.exe', 'cmd[X]exe'", "false"},
      {"'a_b?c%d.e[f'", "'A_B?C%D.E[F'", "true"},
      {"'C:\\Temp\\x'", "'*\\temp\\*'", "true"},
      {"'C:\\Temp'", "'*\\temp\\*'", "false"},
      {"'C:\\\\Temp'", "'C:\\Temp'", "false"},
      {"'powershell_ise.exe'", "'cmd.exe', '*powershell*', 'pwsh.exe'", "true"},
      {"'aba'", "'ab*ba'", "false"},
      {"'abba'", "'ab*ba'", "true"},
      {"'a'", "'a*a'", "false"},
      {"''", "'*'", "true"},
      {"''", "'**'", "true"},
      {"''", "'a*'", "false"},
      {"'x' || U&'\\000A' || 'y'", "'x*y'", "true"},
      {"'TAS' || U&'\\212A' || '.EXE'", "'task.exe'", "true"},
      {"U&'\\00C9t\\00E9'", "U&'\\00E9T\\00C9'", "true"},
      {"CAST('cmd.exe' AS VARCHAR(20))", "'CMD.*'", "true"},
      {"CAST(NULL AS STRING)", "'*'", "false"},
      {"NULL", "'*'", "false"},
    };
    StringBuilder literals = new StringBuilder("SELECT TRUE");
    for (String[] row : cases) {
      literals.append(", WILDCARD_IN(").append(row[0]).append(", ").append(row[1]).append(")");
    }
    Row folded = session.rows(literals.toString()).get(0);

    // The same with values, then values and patterns, that the planner does not see.
    for (int i = 0; i < cases.length; i++) {
      assertThat(folded.getField(i + 1)).as(cases[i][0] + cases[i][1]).hasToString(cases[i][2]);
    }
    StringBuilder columns = new StringBuilder("SELECT TRUE");
    StringBuilder values = new StringBuilder("SELECT TRUE AS t");
    StringBuilder patterns = new StringBuilder("SELECT TRUE");
    for (int i = 0; i < cases.length; i++) {
      String v = "v" + i;
      values.append(", ").append(hidden(cases[i][0])).append(" AS ").append(v);
      columns.append(", WILDCARD_IN(").append(v).append(", ").append(cases[i][1]).append(")");
      patterns.append(", WILDCARD_IN(").append(v);
      for (String pattern : cases[i][1].split(", ", -1)) {
        patterns.append(", ").append(hidden(pattern));
      }
      patterns.append(")");
    }
    for (StringBuilder select : List.of(columns, patterns)) {
      Row row = session.rows(select + " FROM (" + values + ")").get(0);
      for (int i = 0; i < cases.length; i++) {
        assertThat(row.getField(i + 1)).as(cases[i][0] + cases[i][1]).hasToString(cases[i][2]);
      }
    }
  }

  /** The same value, from a function that the planner must call at run time. */
  private static String hidden(String value) {
    return "IF(RAND() < 2, CAST(" + value + " AS STRING), '')";
  }

  @Test
  void wildcard_in_is_never_null() {
    SqlSession session = SqlSession.open(RuntimeExecutionMode.BATCH);
    assertThat(session.tables().sqlQuery("SELECT WILDCARD_IN(CAST(NULL AS STRING), 'x') AS m"))
        .extracting(t -> t.getResolvedSchema().getColumnDataTypes())
        .isEqualTo(List.of(DataTypes.BOOLEAN().notNull()));
    assertThat(
            session.rows(
                "SELECT v FROM (VALUES ('a'), ('b'), (CAST(NULL AS STRING))) AS t (v)"
                    + " WHERE NOT WILDCARD_IN(v, 'A')"))
        .containsExactlyInAnyOrder(Row.of("b"), Row.of((Object) null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          WILDCARD_IN(v, '')                          | argument 2 is an empty pattern
          WILDCARD_IN(v, 'a', '*', '')                | argument 4 is an empty pattern
          WILDCARD_IN(v, 'a', NULL)                   | argument 3 is NULL
          WILDCARD_IN(v, CAST(NULL AS STRING))        | argument 2 is NULL
          WILDCARD_IN(v)                              | argument 2 is missing
          WILDCARD_IN(v, 7)                           | Argument 2 must be a character string, not INT
          WILDCARD_IN(7, 'a')                         | Argument 1 must be a character string, not INT
          CTIME(t, 'Mars/Phobos')                     | unknown time zone 'Mars/Phobos'
          CTIME(v)                                    | Argument 1 must be a TIMESTAMP_LTZ or a TIMESTAMP, not
          CTIME(t, 'UTC', 'UTC')                      | No match found for function signature CTIME(
          NORMALIZE_PATH(7)                           | Argument 1 must be a character string, not INT
          PROCESS_NAME()                              | No match found for function signature PROCESS_NAME(
          """)
  void a_wrong_call_is_an_error_while_planning(String expression, String message) {
    SqlSession session = SqlSession.open(RuntimeExecutionMode.STREAMING);
    assertThatThrownBy(
            () ->
                session
                    .tables()
                    .explainSql("SELECT " + expression + " FROM (VALUES ('a', NOW())) AS x (v, t)"))
        .isInstanceOf(ValidationException.class)
        .hasStackTraceContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT WILDCARD_IN('a', 'b', p) FROM (VALUES ('*'), ('')) AS x (p)  | argument 3 is an empty
          SELECT WILDCARD_IN('a', p) FROM (VALUES ('b'), (CAST(NULL AS STRING))) AS x (p) | argument 2 is NULL
          SELECT CTIME(NOW(), z) FROM (VALUES ('UTC'), ('Mars')) AS x (z)     | unknown time zone 'Mars'
          """)
  void a_wrong_value_from_a_row_is_an_error_that_says_so(String query, String message) {
    SqlSession session = SqlSession.open(RuntimeExecutionMode.STREAMING);
    assertThatThrownBy(() -> session.rows(query)).hasStackTraceContaining(message);
  }

  @ParameterizedTest
  @EnumSource(names = {"BATCH", "STREAMING"})
  void paths_of_any_string_type(RuntimeExecutionMode mode) {
    SqlSession session = SqlSession.open(mode);
    assertThat(
            session.rows(
                """
                SELECT PROCESS_NAME(NORMALIZE_PATH(p)), PROCESS_NAME(p), NORMALIZE_PATH(p)
                FROM (VALUES ('C:/x/cmd.exe'), ('"C:\\y\\pwsh.exe"'), ('System'),
                             (CAST(NULL AS STRING))) AS t (p)
                UNION ALL
                SELECT NORMALIZE_PATH('//s/x'), PROCESS_NAME(CAST('\\a\\b' AS CHAR(4))),
                       NORMALIZE_PATH(CAST('\\??\\C:\\x' AS VARCHAR(20)))
                UNION ALL
                SELECT PROCESS_NAME(NULL), NORMALIZE_PATH(NULL), ''
                """))
        .containsExactlyInAnyOrder(
            Row.of("cmd.exe", "C:/x/cmd.exe", "C:\\x\\cmd.exe"),
            Row.of("pwsh.exe", "pwsh.exe\"", "C:\\y\\pwsh.exe"),
            Row.of("System", "System", "System"),
            Row.of(null, null, null),
            Row.of("\\\\s\\x", "b", "C:\\x"),
            Row.of(null, null, ""));
  }

  @ParameterizedTest
  @EnumSource(names = {"BATCH", "STREAMING"})
  void ctime_takes_timestamps_of_any_kind_and_ignores_the_session_zone(RuntimeExecutionMode mode) {
    SqlSession session = SqlSession.open(mode);
    assertThat(
            session.rows(
                """
                SELECT
                  CTIME(TO_TIMESTAMP_LTZ(1700000000999, 3)),
                  CTIME(CAST(TO_TIMESTAMP_LTZ(1700000000999, 3) AS TIMESTAMP_LTZ(0)), 'UTC'),
                  CTIME(CAST(TO_TIMESTAMP_LTZ(-1, 3) AS TIMESTAMP_LTZ(9))),
                  CTIME(TIMESTAMP '2023-11-14 22:13:20.123456'),
                  CTIME(TIMESTAMP '2023-11-14 22:13:20', z),
                  CTIME(CAST(NULL AS TIMESTAMP_LTZ(3))),
                  CTIME(NULL),
                  CTIME(TO_TIMESTAMP_LTZ(0, 3), CAST(NULL AS STRING))
                FROM (VALUES ('Europe/Berlin'), ('+01:00')) AS t (z)
                """))
        .hasSize(2)
        .containsOnly(
            Row.of(
                "2023-11-14T22:13:20",
                "2023-11-14T22:13:20",
                "1969-12-31T23:59:59",
                "2023-11-14T22:13:20",
                "2023-11-14T23:13:20",
                null,
                null,
                null));
  }

  @Test
  void an_instance_serves_the_table_api_too() {
    TableEnvironment tables = SqlSession.open(RuntimeExecutionMode.BATCH).tables();
    tables.createTemporarySystemFunction("IS_SHELL", new WildcardIn());
    assertThat(
            CollectionUtil.iteratorToList(
                tables
                    .fromValues("CMD.EXE", "x")
                    .as("v")
                    .select(
                        call("IS_SHELL", $("v"), "cmd.exe"), call(WildcardIn.class, $("v"), "x*"))
                    .execute()
                    .collect()))
        .containsExactlyInAnyOrder(Row.of(true, false), Row.of(false, true));
    assertThatThrownBy(() -> tables.fromValues("x").as("v").select(call("IS_SHELL", $("v"), "")))
        .isInstanceOf(ValidationException.class)
        .hasStackTraceContaining("argument 2 is an empty pattern");
  }
}
