package io.sysmonflink.jobs.cli;

import static org.apache.flink.configuration.RestartStrategyOptions.RESTART_STRATEGY;
import static org.apache.flink.configuration.RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS;
import static org.apache.flink.configuration.RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER;
import static org.apache.flink.configuration.RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF;
import static org.apache.flink.configuration.RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF;
import static org.apache.flink.configuration.RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD;

import io.sysmonflink.jobs.pipeline.Mode;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions.RestartStrategyType;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.config.ExecutionConfigOptions;

/** What the job asks of Flink where neither {@code config.yaml} nor a {@code -D} says it. */
final class JobDefaults {

  /** What a restart may repeat, and by how much exactly-once output comes later. */
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  private final ReadableConfig configured;
  private final Configuration defaults = new Configuration();

  private JobDefaults(ReadableConfig configured) {
    this.configured = configured;
  }

  /**
   * The defaults for every option that is not configured.
   *
   * @param embedded whether the job runs in this process
   */
  static Configuration missingFrom(ReadableConfig configured, Mode mode, boolean embedded) {
    JobDefaults missing = new JobDefaults(configured);
    missing.add(PipelineOptions.NAME, "detect " + mode.name().toLowerCase(Locale.ROOT));
    // Each event goes to every detection, and without this each would get a copy. No operator of
    // SQL keeps or changes what it is given.
    missing.add(PipelineOptions.OBJECT_REUSE, true);
    if (mode == Mode.LIVE) {
      missing.add(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    } else if (!embedded && configured.getOptional(RESTART_STRATEGY).isEmpty()) {
      missing.addRestarts();
    }
    return missing.defaults;
  }

  /**
   * How long the state of a group is kept in which nothing happens, where nothing is configured:
   * twice the window, an hour since it begins with a full one, and a day for clocks that are ahead.
   * With less, an event could come after its group was forgotten, and still within its window.
   *
   * @param reach the window
   */
  static void setIdleState(TableConfig config, Duration reach) {
    if (config.getOptional(ExecutionConfigOptions.IDLE_STATE_RETENTION).isEmpty()) {
      config.setIdleStateRetention(reach.multipliedBy(2).plusDays(1).plusHours(1));
    }
  }

  // Without checkpoints Flink fails a job at the first failure. The strategy that backs off counts
  // all tasks lost with a TaskManager as one failure; a fixed delay would count each of them. Where
  // the failure is not to be mended by trying again, these end after some 32 seconds.
  private void addRestarts() {
    add(RESTART_STRATEGY, RestartStrategyType.EXPONENTIAL_DELAY.getMainValue());
    add(RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofSeconds(1));
    add(RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
    add(RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(5));
    add(RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 8);
    add(RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD, Duration.ofMinutes(5));
  }

  private <T> void add(ConfigOption<T> option, T value) {
    if (configured.getOptional(option).isEmpty()) {
      defaults.set(option, value);
    }
  }
}
