package io.sysmonflink.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sysmonflink.jobs.SearchFolder;
import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Samples;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.DetectionPipeline.Assembled;
import io.sysmonflink.jobs.regression.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be told of a run without running it. */
class DetectionPipelineTest {

  private static final String ABUSED = "windows_abused_web_services";
  private static final String SUSPICIOUS = "suspicious_process_dns_query_known_abuse_web_services";
  private static final String FILTER = "filters/windows_abused_web_services_filter.sql";

  @TempDir private Path folder;
  private SearchFolder search;
  private Path sql;
  private Optional<String> dest = Optional.empty();
  private Map<String, String> settings = Map.of();

  @BeforeEach
  void createFolder() throws IOException {
    search = new SearchFolder(folder);
    sql = search.sql();
  }

  @Test
  void oneScanFeedsEverythingAndReadsOnlyTheColumnsAskedFor() throws IOException {
    search
        .sql("detections/sample.sql", Samples.SQL)
        .sql("detections/sample.yml", Samples.YAML)
        .sql(
            FILTER,
            "SELECT * FROM windows_abused_web_services WHERE NOT WILDCARD_IN(Image, '*\\Jürgen\\*')");
    dest = Optional.of("WIN-1");

    String plan = plan(assemble());

    assertThat(count(plan, "TableSourceScan(")).as(plan).isEqualTo(1);
    // 3 detections, risk_events, dead_letter, scan_summary, search_summary
    assertThat(count(plan, "Sink(table")).as(plan).isEqualTo(7);
    assertThat(count(plan, "TRAILING_STATS(_time")).as(plan).isEqualTo(3);
    assertThat(plan)
        .containsPattern("TableSourceScan\\(.*fields=\\[.*QueryName.*]")
        .doesNotContainPattern("TableSourceScan\\(.*fields=\\[.*ParentImage.*]")
        .contains("Jürgen");
  }

  /**
   * So the events are counted that a search drops for lack of a by-field: they are grouped with the
   * others and left out of the results behind the aggregate. Where a search asks twice for a
   * by-field it is left as it is, and there is no such count.
   */
  @Test
  void whatLacksAByFieldIsCountedWithoutAnotherScanAggregateOrExchange() throws IOException {
    String counting = plan(assemble());
    for (String name : List.of(ABUSED, SUSPICIOUS)) {
      String path = "detections/" + name + ".sql";
      String text = SqlFiles.bundled().get(path).text();
      search.sql(path, text.replaceAll("AND (\\w+) +IS NOT NULL", "$0 $0"));
    }
    String without = plan(assemble());

    assertThat(counting).contains("fields that it lacks");
    assertThat(without).doesNotContain("fields that it lacks");
    for (String node : List.of("TableSourceScan(", "Exchange(", "Sort(", "Sink(", "Union(")) {
      assertThat(count(counting, node)).as(node).isBetween(1, count(without, node));
    }
    // With fewer conditions the planner expects more rows, and aggregates in one step, not in two.
    assertThat(count(counting, "SortAggregate(")).isEqualTo(2);
    assertThat(count(counting, "WILDCARD_IN(QueryName")).isEqualTo(2);
    assertThat(without).contains("Image IS NOT NULL AND QueryName IS NOT NULL");
  }

  /**
   * Live they are counted where they are dropped: behind all that a search asks, whatever it is.
   */
  @Test
  void aLiveRunCountsWhatLacksAByFieldBehindAllOtherConditions() {
    sql = TestData.packSql();

    String plan = plan(assembleLive(List.of()));

    assertThat(count(plan, "NOT(LACKS_FIELDS('")).as(plan).isEqualTo(7);
    assertThat(plan)
        .containsPattern(
            "where=.*NOT\\(WILDCARD_IN\\(User.*NOT\\(LACKS_FIELDS\\('office_program_asks_for_a_cheap_domain',"
                + " 'QueryName, process_name, Image, dest', ROW\\(QueryName, .*, Image, Computer,"
                + " QueryResults IS NOT NULL\\)\\)\\)\\)]")
        .containsPattern(
            "where=.*NOT\\(WILDCARD_IN\\(DestinationIp.*NOT\\(LACKS_FIELDS\\('rundll32_connects_to_the_internet',"
                + " .*, Computer\\)\\)\\)\\)]")
        .containsPattern(
            "LACKS_FIELDS\\('program_written_to_a_startup_folder',"
                + " 'TargetFilename, Image, dest', ROW\\(TargetFilename, Image, Computer\\)\\)");
  }

  /** Each line: what the site's filter keeps. */
  @ParameterizedTest
  @ValueSource(strings = {"TRUE", "`count` > 1", "dest <> 'WIN-2' AND `count` < 10"})
  void aLiveRunScansOnceAndKeepsNoRowTwice(String kept) throws IOException {
    search.sql(FILTER, "SELECT * FROM windows_abused_web_services WHERE " + kept);

    String plan = plan(assembleLive(List.of("windows_abused_web_services")));

    assertThat(count(plan, "TableSourceScan(")).as(plan).isEqualTo(1);
    assertThat(count(plan, "Sink(table")).as(plan).isEqualTo(3); // results, risk, dead letters
    assertThat(count(plan, "TRAILING_STATS(_time")).as(plan).isEqualTo(1);
    assertThat(count(plan, "ProcessTableFunction(")).as(plan).isEqualTo(1);
    assertThat(plan).doesNotContain("upsertMaterialize", "ChangelogNormalize");
  }

  /** Each line: the interval that a detection asks for, and what its rows say of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INTERVAL '7' DAY      | 604800000:INTERVAL DAY
          interval '100' day(3) | 8640000000:INTERVAL DAY
          INTERVAL '90' MINUTE  | 5400000:INTERVAL MINUTE
          """)
  void aLiveRowTellsTheIntervalThatItsDetectionAsksFor(String interval, String planned)
      throws IOException {
    copyWithInterval(interval);
    assertThat(plan(assembleLive(List.of("windows_abused_web_services"))))
        .containsPattern("CASE\\(\\(CAST\\(FLOOR\\(CAST\\(\\(last_seen - " + planned);
  }

  @Test
  void aLiveRowMustTellAnInterval() throws IOException {
    copyWithInterval("INTERVAL '1 2' DAY TO HOUR");
    assertThatThrownBy(() -> assembleLive(List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("windows_abused_web_services.sql:", "INTERVAL '14' DAY");
  }

  private void copyWithInterval(String interval) throws IOException {
    String path = "detections/windows_abused_web_services.sql";
    String bundled = SqlFiles.bundled().get(path).text();
    search.sql(path, bundled.replace("INTERVAL '14' DAY", interval));
  }

  private Assembled assembleLive(List<String> detections) {
    Catalog catalog = Catalog.load(SqlFiles.bundled().overlay(sql));
    return new DetectionPipeline(
            TableEnvironment.create(Mode.LIVE.settings()),
            catalog,
            LiveOptions.of(catalog, detections))
        .assemble();
  }

  private static String plan(Assembled run) {
    String explained = run.statements().explain();
    return explained.substring(explained.indexOf("== Optimized Execution Plan =="));
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  @Test
  void theKeyOfAResultIsAllThatTheQueryGroupsBy() throws IOException {
    search.sql("detections/sample.sql", Samples.SQL).sql("detections/sample.yml", Samples.YAML);

    assertThat(assemble().results())
        .extracting(DetectionResults::byFields)
        .contains(
            List.of("Image", "dest"),
            List.of("Image", "QueryName", "QueryStatus", "process_name", "QueryResults", "dest"));
  }

  /** Each line: a file, what stands in it, what stands in its place, and the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          sql | SELECT Image, Comp | SELECT Imge, Comp  | detections/sample.sql:5:10: Column 'Imge' not found
          sql | GROUP BY           | GROPU BY           | detections/sample.sql:8:3: Encountered "GROPU"
          sql | INTERVAL '14' DAY  | 14                 | detections/sample.sql: Invalid function call: TRAILING_STATS(
          sql | FROM sysmon        | FROM sysmno        | detections/sample.sql:6:8: Object 'sysmno' not found
          sql | FROM sysmon        | FROM '${x}'        | detections/sample.sql:6: ${x} has no value: give --set x=VALUE
          sql | FROM sysmon        | FROM ${x}          | detections/sample.sql:6: ${x} may stand only inside
          sql | Computer AS dest   | Computer AS host   | detections/sample.yml:20: tags.message: $dest$ is no column of
          sql | AS last_seen       | AS lastSeen        | detections/sample.sql: must give a column last_seen TIMESTAMP_LTZ(3), as sql/sinks/files/detection_results.sql declares; there is none
          sql | stats.`count` AS   | 'many' AS          | detections/sample.sql: must give a column count BIGINT, as sql/sinks/files/detection_results.sql declares; it is CHAR(4)
          sql | SELECT Image, Comp | SELECT Image AS info_x, Image, Comp | sample.sql
          sql | Computer AS dest   | Computer AS dest, Image AS info_x | column info_x: the job adds one of this name
          yml | $Image$ ran on     | $image$ ran on     | detections/sample.yml:20: tags.message: $image$ is no column of
          yml | product: []        | throttling: {fields: [host], period: 24h}\\n  product: [] | detections/sample.yml:25: tags.throttling.fields: [host] must be among Image, dest, by which
          yml | name: dest         | name: src          | detections/sample.yml:23: tags.observable[0].name: src is no column of
          """)
  void aSlipNamesFileLineAndColumn(String ending, String right, String wrong, String message)
      throws IOException {
    String sql = ending.equals("sql") ? Samples.SQL.replace(right, wrong) : Samples.SQL;
    String yaml =
        ending.equals("yml")
            ? Samples.YAML.replace(right, wrong.replace("\\n", "\n"))
            : Samples.YAML;
    assertThat(sql + yaml).isNotEqualTo(Samples.SQL + Samples.YAML);
    search.sql("detections/sample.sql", sql).sql("detections/sample.yml", yaml);

    assertThatThrownBy(this::assemble)
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  /** Each line: a site's filter, and the message after the file's name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT COLUMNS FROM VIEW                            | : must give the columns of sql/detections/VIEW.sql unchanged: it lacks Image STRING
          SELECT *, 1 AS more FROM VIEW                       | : must give the columns of sql/detections/VIEW.sql unchanged: it adds more INT NOT NULL
          SELECT Image AS Program, COLUMNS FROM VIEW          | : must give the columns of sql/detections/VIEW.sql unchanged: it lacks Image STRING; it adds Program STRING
          SELECT COLUMNS, Image FROM VIEW                     | : must give the columns of sql/detections/VIEW.sql unchanged: it gives them in another order
          SELECT * FROM VIEW WHERE Imgae = 'x'                | :1:49: Column 'Imgae' not found
          SELECT * FROM VIEW WHERE Computer = 'x'             | :1:49: Column 'Computer' not found
          SELECT * FROM VIEW WHERE dest = 'x' AND             | :1:60: Incorrect syntax near the keyword 'AND'
          SELECT * FROM VIEW WHERE count > 1                  | :1:49: Encountered "count >"
          SELECT * FROM VIEW WHERE NOT WILDCARD(Image, 'x')   | :1:53: No match found for function signature WILDCARD
          SELECT * FROM VIEW WHERE dest                       | :1:49: WHERE clause must be a condition
          SELECT * FROM VIEW; DELETE FROM VIEW                | : only single statement supported
          SELECT * FROM other                                 | : must read from VIEW
          SELECT * FROM suspicious_process_dns_query_known_abuse_web_services | : must read from VIEW
          """)
  void aSlipInAFilterStopsTheStart(String filter, String message) throws IOException {
    String detection = "windows_abused_web_services";
    String columns =
        "QueryName, QueryStatus, process_name, QueryResults, dest, `count`, firstTime, lastTime,"
            + " first_seen, last_seen, activity";
    search.sql(FILTER, filter.replace("VIEW", detection).replace("COLUMNS", columns));

    assertThatThrownBy(this::assemble)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(search.sql().resolve(FILTER) + message.replace("VIEW", detection))
        .message()
        .hasLineCount(1);
  }

  /**
   * In a live run an event that the filter keeps from view is never aggregated. In a bounded one
   * the filter sees the rows of the aggregate, since search_summary counts them before it.
   */
  @Test
  void aFilterOnByFieldsRunsBelowTheAggregateWhereNothingCountsBeforeIt() throws IOException {
    search.sql(
        FILTER, "SELECT * FROM windows_abused_web_services WHERE NOT WILDCARD_IN(dest, 'WIN-1')");

    String live = plan(assembleLive(List.of("windows_abused_web_services")));
    String bounded = plan(assemble());

    assertThat(count(live, "WIN-1")).as(live).isEqualTo(1);
    assertThat(live).containsSubsequence("TRAILING_STATS(_time", "WILDCARD_IN(Computer, 'WIN-1')");
    assertThat(count(bounded, "WIN-1")).as(bounded).isEqualTo(1);
    assertThat(bounded)
        .containsSubsequence("TRAILING_STATS(_time", "WILDCARD_IN(dest, 'WIN-1')", "Sink(table");
  }

  @Test
  void dropInDetectionsShareTheScanToo() throws IOException {
    sql = TestData.packSql();

    String plan = plan(assemble());

    assertThat(count(plan, "TableSourceScan(")).as(plan).isEqualTo(1);
    assertThat(count(plan, "Sink(table")).as(plan).isEqualTo(7 + 4);
  }

  /** What docs/use/tuning.md shows. */
  @ParameterizedTest
  @ValueSource(strings = {"program", "name", "host", "count", "site"})
  void theFiltersOfTheTuningGuideFit(String folder) {
    sql = TestData.tuningSql(folder);
    settings = folder.equals("site") ? Map.of("laboratory", "lab-*") : Map.of();

    assertThat(assemble().results()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          macros/sysmon.sql        | CREATE TEMPORARY TABLE x (y INT)                   | macros/sysmon.sql: Unsupported SQL query
          macros/sysmon.sql        | SELECT 1; SELECT 2                                 | macros/sysmon.sql: only single statement supported
          sinks/files/dead_letter.sql | SELECT 1                                        | must hold one statement, CREATE TEMPORARY TABLE dead_letter
          sinks/files/dead_letter.sql | CREATE TEMPORARY TABLE x (y INT)                | must hold one statement, CREATE TEMPORARY TABLE dead_letter
          sinks/files/dead_letter.sql | CREATE TABLE dead_letter (y INT)                | must hold one statement, CREATE TEMPORARY TABLE dead_letter
          sinks/files/dead_letter.sql | CREATE TEMPORARY TABLE dead_letter (y INT) WITH ('connector'='blackhole') | column y: there is no such; there are error_type
          sources/files.sql        | CREATE TEMPORARY TABLE windows_events (y INT) WITH ('connector'='no-such') | sources/files.sql: Unable to create a source
          """)
  void everyFileHoldsOneStatementOfItsKind(String path, String text, String message)
      throws IOException {
    search.sql(path, text);

    assertThatThrownBy(this::assemble)
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void aSettingThatNoFileAskedForIsAnError() throws IOException {
    settings = Map.of("rare", "10");

    assertThatThrownBy(this::assemble)
        .hasMessage("--set rare: no SQL file of this run has ${rare}");

    search.sql(
        FILTER,
        "SELECT * FROM windows_abused_web_services WHERE `count` > CAST('${rare}' AS BIGINT)");
    assertThat(assemble().results()).hasSize(2);
  }

  @Test
  void destNeedsAColumnDest() throws IOException {
    search
        .sql("detections/sample.sql", Samples.SQL.replace("AS dest", "AS host"))
        .sql(
            "detections/sample.yml",
            Samples.YAML.replace("$dest$", "$host$").replace("name: dest", "name: host"));
    dest = Optional.of("x");

    assertThatThrownBy(this::assemble).hasMessageEndingWith("sample.sql gives no column dest");
  }

  private Assembled assemble() {
    Catalog catalog = Catalog.load(SqlFiles.bundled().overlay(sql));
    TableEnvironment env = TableEnvironment.create(Mode.BACKFILL.settings());
    SearchWindow window = SearchWindow.lastDays(14, Instant.parse("2024-10-01T00:00:00Z"));
    return new DetectionPipeline(
            env,
            catalog,
            RunOptions.builder(Mode.BACKFILL)
                .detections(catalog.select(List.of()))
                .source("files")
                .sinks("files")
                .window(window)
                .dest(dest)
                .inputs(List.of(search.log().toUri().toString()))
                .output(Optional.of(folder.resolve("out").toString()))
                .settings(settings)
                .build())
        .assemble();
  }
}
