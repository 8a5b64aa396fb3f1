package io.sysmonflink.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.SearchFolder;
import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Samples;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run's source is told of the events that its detections may select. */
class DetectionPrefilterTest {

  private static final String OF_NAMES =
      "{\"EventCode\":[22],\"QueryName\":[\"*pastebin*\",\"*textbin*\",\"*ngrok.io*\",\"*discord*\",\"*duckdns.org*\",\"*pasteio.com*\"]}";
  private static final String OF_PROGRAMS =
      "{\"EventCode\":[22],\"QueryName\":[\"*pastebin*\",\"*discord*\",\"*api.telegram*\",\"*t.me*\"]}";

  @TempDir private Path folder;
  private SearchFolder search;

  @BeforeEach
  void createFolder() throws IOException {
    search = new SearchFolder(folder);
  }

  @Test
  void theBundledDetectionsAskForNames() {
    assertThat(prefilter("QueryName", "Image")).isEqualTo("[" + OF_PROGRAMS + "," + OF_NAMES + "]");
  }

  /** Flink is to tell that there is no such column, and where the detection asks for it. */
  @Test
  void aColumnThatTheSourceLacksIsLeftOut() {
    assertThat(prefilter("Image")).isEqualTo("[{\"EventCode\":[22]},{\"EventCode\":[22]}]");
  }

  /** Each line: the WHERE of a third detection, and what it adds. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          WHERE EventCode = 1 AND CommandLine LIKE '%-enc%'      | {'EventCode':[1]}
          WHERE EventCode = 1 AND WILDCARD_IN(Image, '*\\cmd.exe') | {'EventCode':[1],'Image':['*\\\\cmd.exe']}
          WHERE EventCode = 1 AND WILDCARD_IN(process_name, 'x') | {'EventCode':[1]}
          """)
  void anotherDetectionAddsWhatItRequires(String where, String added) throws IOException {
    sample("WHERE EventCode = 1 AND CommandLine LIKE '%-enc%'", where);
    assertThat(prefilter("QueryName", "Image"))
        .isEqualTo("[%s,%s,%s]".formatted(added.replace('\'', '"'), OF_PROGRAMS, OF_NAMES));
  }

  @Test
  void oneThatProvesNothingLetsEveryEventPass() throws IOException {
    sample("FROM sysmon", "FROM sysmon AS s");
    assertThat(prefilter("QueryName", "Image")).isEmpty();
  }

  /** Each line: a macro of one's own, and whether its fields are those of the events. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT *, PROCESS_NAME(Image) AS process_name FROM windows_events                 | true
          SELECT EventCode, _time, UPPER(QueryName) AS QueryName FROM windows_events        | false
          SELECT * FROM windows_events UNION ALL SELECT * FROM windows_events               | false
          """)
  void aMacroThatChangesFieldsMakesNothingCertain(String macro, boolean kept) throws IOException {
    search.sql("macros/sysmon.sql", macro);
    assertThat(prefilter("QueryName", "Image").isEmpty()).isEqualTo(!kept);
  }

  @Test
  void theSourceIsToldBesideTheEventCodes() {
    Catalog catalog = Catalog.load(SqlFiles.bundled());
    TableEnvironment env = TableEnvironment.create(Mode.LIVE.settings());
    new EventTables(env, catalog.files(), LiveOptions.of(catalog, List.of())).register(false);

    String table = env.executeSql("SHOW CREATE TABLE windows_events").collect().next().toString();

    assertThat(table)
        .contains("'event-codes' = '22'")
        .contains("'prefilter' = '[" + OF_PROGRAMS + "," + OF_NAMES + "]'");
  }

  private void sample(String right, String changed) throws IOException {
    assertThat(Samples.SQL).contains(right);
    search
        .sql("detections/sample.sql", Samples.SQL.replace(right, changed))
        .sql("detections/sample.yml", Samples.YAML);
  }

  private String prefilter(String... columns) {
    Catalog catalog = Catalog.load(SqlFiles.bundled().overlay(search.sql()));
    List<DataTypes.Field> fields =
        Arrays.stream(columns).map(column -> DataTypes.FIELD(column, DataTypes.STRING())).toList();
    return new DetectionPrefilter(catalog.files(), SqlFile::text)
        .of(catalog.select(List.of()), (RowType) DataTypes.ROW(fields).getLogicalType());
  }
}
