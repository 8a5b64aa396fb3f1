package io.sysmonflink.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sysmonflink.functions.BytesLength;
import io.sysmonflink.functions.BytesSha256;
import java.nio.file.Path;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format and its functions as SQL names them. */
@ExtendWith(MiniClusterExtension.class)
class BoundedJsonSqlTest {

  private final TableEnvironment tables =
      TableEnvironment.create(EnvironmentSettings.newInstance().inBatchMode().build());

  @TempDir private Path folder;

  @Test
  void aTableThatWroteARowReadsWhatIsLeftOfIt() throws Exception {
    create(
        "'bounded-json.max-bytes' = '2000', 'bounded-json.timestamp-format.standard' = 'ISO-8601'");
    tables.executeSql("INSERT INTO t SELECT REPEAT('x', 5000), TO_TIMESTAMP_LTZ(7, 3)").await();

    Row row =
        row("SELECT CHAR_LENGTH(a), REGEXP_EXTRACT(a, 'x(\\.\\.\\.\\[5000 bytes)', 1), t FROM t");

    assertThat((int) row.getField(0)).isBetween(1900, 1990);
    assertThat(row.getField(1)).isEqualTo("...[5000 bytes");
    assertThat(row.getField(2)).hasToString("1970-01-01T00:00:00.007Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'bounded-json.max-bytes' = '1023'  | option 'max-bytes' must be 1024 or more, not 1023
          'bounded-json.max-bytes' = 'all'   | bounded-json.max-bytes
          """)
  void aWrongOptionIsNamed(String options, String message) {
    create(options);
    assertThatThrownBy(() -> tables.explainSql("INSERT INTO t SELECT 'x', NOW()"))
        .hasStackTraceContaining(message);
  }

  @Test
  void lengthAndHashOfBytes() {
    tables.createTemporarySystemFunction("BYTES_LENGTH", BytesLength.class);
    tables.createTemporarySystemFunction("BYTES_SHA256", BytesSha256.class);

    assertThat(
            row(
                "SELECT BYTES_LENGTH(b), BYTES_SHA256(b), BYTES_LENGTH(n), BYTES_SHA256(n)"
                    + " FROM (VALUES (X'616263', CAST(NULL AS BYTES))) AS v (b, n)"))
        .isEqualTo(
            Row.of(
                3L,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                null,
                null));
  }

  private void create(String options) {
    tables.executeSql(
        "CREATE TABLE t (a STRING, t TIMESTAMP_LTZ(3)) WITH ('connector' = 'filesystem',"
            + " 'path' = '%s', 'format' = 'bounded-json', %s)".formatted(folder.toUri(), options));
  }

  private Row row(String query) {
    return CollectionUtil.iteratorToList(tables.executeSql(query).collect()).get(0);
  }
}
