package io.sysmonflink.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MiniClusterExtension.class)
class FirstSightSqlTest {

  @TempDir private Path folder;
  private SqlSession session;

  /** A changelog: the counts of a group grow, and its row is away while its count is 2. */
  @BeforeEach
  void createChanges() throws IOException {
    Path lines = Files.write(folder.resolve("lines"), List.of("a", "b", "a", "b", "a", "b"));
    session = SqlSession.open(RuntimeExecutionMode.STREAMING);
    session
        .tables()
        .createTemporaryTable(
            "lines",
            TableDescriptor.forConnector("filesystem")
                .schema(Schema.newBuilder().column("k", DataTypes.STRING()).build())
                .option("path", lines.toUri().toString())
                .format("raw")
                .build());
    session
        .tables()
        .executeSql(
            """
            CREATE TEMPORARY VIEW changes AS
            SELECT COUNT(*) AS c, k AS id, ARRAY['x', k] AS list, MAP['k', k] AS fields
            FROM lines WHERE k = 'a' GROUP BY k HAVING COUNT(*) <> 2
            UNION ALL
            SELECT COUNT(*) AS c, k AS id, ARRAY['x', k] AS list, MAP['k', k] AS fields
            FROM lines WHERE k = 'b' GROUP BY k HAVING COUNT(*) <> 2
            """);
  }

  @Test
  void aPartitionPassesOnceWhateverBecomesOfIt() {
    assertThat(session.changes("SELECT id FROM changes")).hasSizeGreaterThan(2);

    List<Row> rows =
        session.changes(
            "SELECT * FROM FIRST_SIGHT(input => TABLE changes PARTITION BY id, uid => 'x')");

    assertThat(rows)
        .containsExactlyInAnyOrder(
            Row.of("a", 1L, new String[] {"x", "a"}, Map.of("k", "a")),
            Row.of("b", 1L, new String[] {"x", "b"}, Map.of("k", "b")));
  }

  @Test
  void aPartitionMustBeNamed() {

    assertThatThrownBy(
            () -> session.changes("SELECT * FROM FIRST_SIGHT(input => TABLE changes, uid => 'x')"))
        .hasStackTraceContaining("PARTITION BY");
  }
}
