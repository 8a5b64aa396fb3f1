package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.functions.TrailingStats;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.functions.UserDefinedFunction;

/** All that sets one way of running the same SQL apart from another. */
public enum Mode {
  /**
   * Bounded: the time range of the run is the window, and running again replaces what was written.
   */
  BACKFILL(RuntimeExecutionMode.BATCH) {
    @Override
    UserDefinedFunction trailingStats() {
      return TrailingStats.wholeRange();
    }

    @Override
    boolean overwrites(Map<String, String> sinkOptions) {
      // Flink refuses INSERT OVERWRITE for connectors that only append.
      return "filesystem".equals(sinkOptions.get("connector"));
    }
  };

  private final RuntimeExecutionMode runtime;

  Mode(RuntimeExecutionMode runtime) {
    this.runtime = runtime;
  }

  /** What stands behind TRAILING_STATS. */
  abstract UserDefinedFunction trailingStats();

  /** Whether to INSERT OVERWRITE into a sink with these options, and not INSERT INTO. */
  abstract boolean overwrites(Map<String, String> sinkOptions);

  /** The settings of a table environment for this mode. */
  public EnvironmentSettings settings() {
    EnvironmentSettings.Builder builder = EnvironmentSettings.newInstance();
    return runtime == RuntimeExecutionMode.BATCH
        ? builder.inBatchMode().build()
        : builder.inStreamingMode().build();
  }
}
