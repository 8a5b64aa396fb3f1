package io.sysmonflink.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(MiniClusterExtension.class)
class TrailingStatsSqlTest {

  /** In the order in which they come: the third is late but inside, the fifth too old by then. */
  private static final String EVENTS =
      """
      FROM (SELECT k, TO_TIMESTAMP_LTZ(s, 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC') AS t FROM (VALUES
        ('a', '2024-01-01 10:30:00.500'),
        ('a', '2024-01-02 00:00:00.500'),
        ('a', '2024-01-01 09:00:00.500'),
        ('a', '2024-01-15 10:10:00.500'),
        ('a', '2024-01-01 09:59:59.999'),
        ('b', '1960-01-01 00:00:00.500'),
        ('a', 'never')) AS v (k, s))
      """;

  private static final String QUERY =
      "SELECT k, TRAILING_STATS(t, INTERVAL '14' DAY) AS stats " + EVENTS + " GROUP BY k";

  private static final Row A =
      stats(
          3,
          "2024-01-01T10:30:00.500Z",
          "2024-01-15T10:10:00.500Z",
          day("2024-01-01", "2024-01-01T10:30:00.500Z", 1),
          day("2024-01-02", "2024-01-02T00:00:00.500Z", 1),
          day("2024-01-15", "2024-01-15T10:10:00.500Z", 1));

  private static final Row B =
      stats(
          1,
          "1960-01-01T00:00:00.500Z",
          "1960-01-01T00:00:00.500Z",
          day("1960-01-01", "1960-01-01T00:00:00.500Z", 1));

  @ParameterizedTest
  @EnumSource(names = {"BATCH", "STREAMING"})
  void a_group_has_the_stats_of_the_window_up_to_its_newest_event(RuntimeExecutionMode mode) {
    assertThat(SqlSession.open(mode).rows(QUERY))
        .containsExactlyInAnyOrder(Row.of("a", A), Row.of("b", B));
  }

  @Test
  void a_batch_aggregates_in_two_phases() {
    SqlSession session =
        SqlSession.open(RuntimeExecutionMode.BATCH)
            .set("table.optimizer.agg-phase-strategy", "TWO_PHASE");
    assertThat(session.tables().explainSql(QUERY)).contains("LocalSortAggregate");
    assertThat(session.rows(QUERY)).containsExactlyInAnyOrder(Row.of("a", A), Row.of("b", B));
  }

  @Test
  void a_stream_aggregates_in_mini_batches_in_two_phases() {
    SqlSession session =
        SqlSession.open(RuntimeExecutionMode.STREAMING)
            .set("table.exec.mini-batch.enabled", "true")
            .set("table.exec.mini-batch.allow-latency", "1 s")
            .set("table.exec.mini-batch.size", "2")
            .set("table.optimizer.agg-phase-strategy", "TWO_PHASE");
    assertThat(session.tables().explainSql(QUERY)).contains("LocalGroupAggregate");
    assertThat(session.rows(QUERY)).containsExactlyInAnyOrder(Row.of("a", A), Row.of("b", B));
  }

  @Test
  void a_stream_shows_at_each_event_what_a_search_would_have_shown_then() {
    List<Row> shown =
        SqlSession.open(RuntimeExecutionMode.STREAMING)
            .changes("SELECT stats.`count`, stats.firstTime, stats.lastTime FROM (" + QUERY + ")")
            .stream()
            .filter(r -> r.getKind() == RowKind.INSERT || r.getKind() == RowKind.UPDATE_AFTER)
            .filter(r -> ((Instant) r.getField(2)).isAfter(Instant.EPOCH))
            .peek(r -> r.setKind(RowKind.INSERT))
            .toList();
    assertThat(shown)
        .containsExactly(
            times(1, "2024-01-01T10:30:00.500Z", "2024-01-01T10:30:00.500Z"),
            times(2, "2024-01-01T10:30:00.500Z", "2024-01-02T00:00:00.500Z"),
            times(3, "2024-01-01T09:00:00.500Z", "2024-01-02T00:00:00.500Z"),
            times(3, "2024-01-01T10:30:00.500Z", "2024-01-15T10:10:00.500Z"));
  }

  @ParameterizedTest
  @EnumSource(names = {"BATCH", "STREAMING"})
  void the_whole_range_equals_count_min_and_max(RuntimeExecutionMode mode) {
    SqlSession session = SqlSession.open(mode);
    session.tables().createTemporarySystemFunction("TRAILING_STATS", TrailingStats.wholeRange());
    List<Row> plain = session.rows("SELECT k, COUNT(t), MIN(t), MAX(t) " + EVENTS + " GROUP BY k");
    assertThat(plain).extracting(r -> r.getField(1)).containsExactlyInAnyOrder(5L, 1L);
    assertThat(
            session.rows(
                "SELECT k, s.`count`, s.firstTime, s.lastTime FROM ("
                    + QUERY.replace("stats", "s")
                    + ")"))
        .containsExactlyInAnyOrderElementsOf(plain);
  }

  @Test
  void no_event_at_all_is_a_count_of_zero() {
    assertThat(
            SqlSession.open(RuntimeExecutionMode.BATCH)
                .rows(
                    "SELECT TRAILING_STATS(CAST(NULL AS TIMESTAMP_LTZ(6)), INTERVAL '1' HOUR)"
                        + " FROM (VALUES (1), (2))"))
        .containsExactly(Row.of(Row.of(0L, null, null, new Row[0])));
  }

  @Test
  void the_result_has_the_field_names_that_the_detections_use() {
    assertThat(
            SqlSession.open(RuntimeExecutionMode.STREAMING)
                .tables()
                .sqlQuery(QUERY)
                .getResolvedSchema()
                .getColumn("stats")
                .orElseThrow()
                .getDataType()
                .getLogicalType()
                .asSummaryString())
        .isEqualTo(
            "ROW<`count` BIGINT, `firstTime` TIMESTAMP_LTZ(3), `lastTime` TIMESTAMP_LTZ(3),"
                + " `activity` ARRAY<ROW<`day` DATE, `firstTime` TIMESTAMP_LTZ(3),"
                + " `count` BIGINT>>>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          TRAILING_STATS(t, INTERVAL '0' DAY)     | interval must be positive, but is PT0S
          TRAILING_STATS(t, INTERVAL -'1' HOUR)   | interval must be positive, but is PT-1H
          TRAILING_STATS(t, NULL)                 | interval must be positive, but is NULL
          TRAILING_STATS(t, INTERVAL '1' MONTH)   | Argument 2 must be an interval of days or smaller
          TRAILING_STATS(t, 14)                   | Argument 2 must be an interval of days or smaller
          TRAILING_STATS(k, INTERVAL '1' DAY)     | Argument 1 must be a TIMESTAMP_LTZ, not
          TRAILING_STATS(t)                       | No match found for function signature TRAILING_STATS(
          """)
  void a_wrong_call_is_an_error_while_planning(String call, String message) {
    SqlSession session = SqlSession.open(RuntimeExecutionMode.STREAMING);
    assertThatThrownBy(() -> session.tables().explainSql("SELECT " + call + EVENTS))
        .isInstanceOf(ValidationException.class)
        .hasStackTraceContaining(message);
  }

  @Test
  void an_interval_that_changes_from_row_to_row_is_an_error() {
    assertThatThrownBy(
            () ->
                SqlSession.open(RuntimeExecutionMode.STREAMING)
                    .rows(
                        "SELECT TRAILING_STATS(t, CASE WHEN k = 'a' THEN INTERVAL '1' DAY ELSE INTERVAL '2' DAY END)"
                            + EVENTS))
        .hasStackTraceContaining("must be the same for all rows of a group");
  }

  @Test
  void flink_keeps_the_accumulator_as_plain_fields() {
    TypeInformation<HourlyBuckets> type = TypeInformation.of(HourlyBuckets.class);
    assertThat(type).isInstanceOf(PojoTypeInfo.class);
    for (int i = 0; i < type.getArity(); i++) {
      assertThat(((PojoTypeInfo<?>) type).getPojoFieldAt(i).getTypeInformation())
          .isNotInstanceOf(GenericTypeInfo.class);
    }
    DataTypeFactory types =
        ((TableEnvironmentInternal) SqlSession.open(RuntimeExecutionMode.STREAMING).tables())
            .getCatalogManager()
            .getDataTypeFactory();
    DataType longs =
        DataTypes.ARRAY(DataTypes.BIGINT().notNull().bridgedTo(long.class)).bridgedTo(long[].class);
    DataType single = DataTypes.BIGINT().notNull().bridgedTo(long.class);
    assertThat(types.createDataType(HourlyBuckets.class).getChildren())
        .containsExactlyInAnyOrder(
            longs, longs, single, single, DataTypes.INT().notNull().bridgedTo(int.class));
  }

  private static Row stats(long count, String first, String last, Row... days) {
    return Row.of(count, Instant.parse(first), Instant.parse(last), days);
  }

  private static Row day(String day, String first, long count) {
    return Row.of(LocalDate.parse(day), Instant.parse(first), count);
  }

  private static Row times(long count, String first, String last) {
    return Row.of(count, Instant.parse(first), Instant.parse(last));
  }
}
