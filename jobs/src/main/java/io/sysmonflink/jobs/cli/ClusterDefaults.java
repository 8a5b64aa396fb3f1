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
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions.RestartStrategyType;

/** What the job asks of a cluster where neither {@code config.yaml} nor a {@code -D} says it. */
final class ClusterDefaults {

  private final ReadableConfig configured;
  private final Configuration defaults = new Configuration();

  private ClusterDefaults(ReadableConfig configured) {
    this.configured = configured;
  }

  /** The defaults for every option that is not configured. */
  static Configuration missingFrom(ReadableConfig configured, Mode mode) {
    ClusterDefaults missing = new ClusterDefaults(configured);
    missing.add(PipelineOptions.NAME, "detect " + mode.name().toLowerCase(Locale.ROOT));
    if (mode == Mode.BACKFILL && configured.getOptional(RESTART_STRATEGY).isEmpty()) {
      missing.addRestarts();
    }
    return missing.defaults;
  }

  // Without checkpoints Flink fails a job at the first failure. The strategy that backs off is the
  // one that
  // counts all tasks lost with a TaskManager as one failure; a fixed delay would count each of
  // them. Where the
  // failure is not to be mended by trying again, these end after some 17 seconds.
  private void addRestarts() {
    add(RESTART_STRATEGY, RestartStrategyType.EXPONENTIAL_DELAY.getMainValue());
    add(RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofSeconds(1));
    add(RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
    add(RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(5));
    add(RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 5);
    add(RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD, Duration.ofMinutes(5));
  }

  private <T> void add(ConfigOption<T> option, T value) {
    if (configured.getOptional(option).isEmpty()) {
      defaults.set(option, value);
    }
  }
}
