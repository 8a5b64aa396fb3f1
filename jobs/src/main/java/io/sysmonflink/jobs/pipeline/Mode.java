package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.functions.TrailingStats;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.EnvironmentSettings;

/** All that sets one way of running the same SQL apart from another. */
public enum Mode {
  /**
   * Bounded: the time range of the run is the window, and running again replaces what was written.
   */
  BACKFILL(RuntimeExecutionMode.BATCH) {
    @Override
    TrailingStats trailingStats() {
      return TrailingStats.wholeRange();
    }

    @Override
    boolean overwrites(Map<String, String> sinkOptions) {
      // Flink refuses INSERT OVERWRITE for connectors that only append.
      return "filesystem".equals(sinkOptions.get("connector"));
    }

    @Override
    String searchEarliest(SearchWindow window, Optional<TrailingInterval> trailing) {
      return Sql.timestamp(window.earliestSql());
    }

    @Override
    String searchLatest(SearchWindow window) {
      return Sql.timestamp(window.latestSql());
    }
  },

  /** Unbounded: the window trails behind each group's newest event, and each change is written. */
  LIVE(RuntimeExecutionMode.STREAMING) {
    @Override
    TrailingStats trailingStats() {
      return new TrailingStats();
    }

    @Override
    boolean overwrites(Map<String, String> sinkOptions) {
      return false;
    }

    @Override
    String searchEarliest(SearchWindow window, Optional<TrailingInterval> trailing) {
      String start = Sql.timestamp(window.earliestSql());
      if (trailing.isEmpty()) {
        return start;
      }
      // FLOOR takes a timestamp without a zone only; the session's zone is UTC.
      String windowStart =
          Sql.text(
              "CAST(FLOOR(CAST(last_seen - %s AS TIMESTAMP(3)) TO HOUR) AS TIMESTAMP_LTZ(3))",
              trailing.get().sql());
      return Sql.text("CASE WHEN %1$s > %2$s THEN %1$s ELSE %2$s END", windowStart, start);
    }

    @Override
    String searchLatest(SearchWindow window) {
      return "last_seen + INTERVAL '0.001' SECOND";
    }
  };

  private final RuntimeExecutionMode runtime;

  Mode(RuntimeExecutionMode runtime) {
    this.runtime = runtime;
  }

  /** What stands behind TRAILING_STATS. */
  abstract TrailingStats trailingStats();

  /** Whether to INSERT OVERWRITE into a sink with these options, and not INSERT INTO. */
  abstract boolean overwrites(Map<String, String> sinkOptions);

  /**
   * SQL of the earliest time of the search that made a result row.
   *
   * @param trailing how far a live row reaches back; nothing where it counts from the start
   */
  abstract String searchEarliest(SearchWindow window, Optional<TrailingInterval> trailing);

  /** SQL of the latest time of the search that made a result row; itself not searched. */
  abstract String searchLatest(SearchWindow window);

  /** The settings of a table environment for this mode. */
  public EnvironmentSettings settings() {
    EnvironmentSettings.Builder builder = EnvironmentSettings.newInstance();
    return runtime == RuntimeExecutionMode.BATCH
        ? builder.inBatchMode().build()
        : builder.inStreamingMode().build();
  }
}
