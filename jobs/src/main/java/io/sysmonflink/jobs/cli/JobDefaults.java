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
import org.apache.flink.api.common.BatchShuffleMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions.RestartStrategyType;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.TableConfigOptions;

/** What the job asks of Flink where neither {@code config.yaml} nor a {@code -D} says it. */
final class JobDefaults {

  /** What Flink has for all of a process's exchanges. */
  private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(64);

  /**
   * What the exchanges of one detection may take in one slot: in a bounded run, half of it as soon
   * as the task starts that reads.
   */
  private static final MemorySize NETWORK_MEMORY_OF_DETECTION = MemorySize.ofMebiBytes(1);

  /**
   * How many detections, each in so many slots, run in one stage: they then share Flink's 128 MB
   * for sorting, and each of the two sorts of one of these has 4 MB. With fewer, they would write
   * to disk early.
   */
  private static final int MOST_IN_ONE_STAGE = 16;

  /**
   * The longest class, in characters, that Flink generates for a detection and does not take apart:
   * doing so takes longer than all else about it. Java compiles methods of up to 8,000 bytes for
   * speed; classes of this length have some 5,500, and the longest of the bundled detections 3,800.
   */
  private static final int LONGEST_GENERATED_CLASS = 64_000;

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
   * @param detections how many the job has
   */
  static Configuration missingFrom(
      ReadableConfig configured, Mode mode, boolean embedded, int detections) {
    JobDefaults missing = new JobDefaults(configured);
    missing.add(PipelineOptions.NAME, "detect " + mode.name().toLowerCase(Locale.ROOT));
    // Each event goes to every detection, and without this each would get a copy. No operator of
    // SQL keeps or changes what it is given.
    missing.add(PipelineOptions.OBJECT_REUSE, true);
    missing.add(TableConfigOptions.MAX_LENGTH_GENERATED_CODE, LONGEST_GENERATED_CLASS);
    if (mode == Mode.LIVE) {
      missing.add(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
      // To start again needs the folder that could not be written; and CheckpointGuard knows when a
      // job with transactions must.
      missing.add(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    } else if (!embedded && configured.getOptional(RESTART_STRATEGY).isEmpty()) {
      missing.addRestarts();
    }
    if (embedded) {
      missing.addNetworkMemory(detections);
    }
    if (embedded && mode == Mode.BACKFILL) {
      missing.addOneStage(detections);
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

  // All tasks at once, and none that waits for another to end before it starts. In a process of its
  // own nothing else could use what they hold meanwhile, and no failure is mended by starting again
  // from what a stage has kept. It takes another scheduler: Flink's own for bounded runs has stages
  // only.
  private void addOneStage(int detections) {
    if (detections * parallelism() <= MOST_IN_ONE_STAGE
        && configured.getOptional(ExecutionOptions.BATCH_SHUFFLE_MODE).isEmpty()
        && configured.getOptional(JobManagerOptions.SCHEDULER).isEmpty()) {
      defaults.set(ExecutionOptions.BATCH_SHUFFLE_MODE, BatchShuffleMode.ALL_EXCHANGES_PIPELINED);
      defaults.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Default);
    }
  }

  private int parallelism() {
    return Math.max(1, configured.get(CoreOptions.DEFAULT_PARALLELISM));
  }

  private void addNetworkMemory(int detections) {
    MemorySize needed = NETWORK_MEMORY_OF_DETECTION.multiply((double) detections * parallelism());
    if (needed.compareTo(NETWORK_MEMORY) > 0
        && configured.getOptional(TaskManagerOptions.NETWORK_MEMORY_MIN).isEmpty()
        && configured.getOptional(TaskManagerOptions.NETWORK_MEMORY_MAX).isEmpty()) {
      defaults.set(TaskManagerOptions.NETWORK_MEMORY_MIN, needed);
      defaults.set(TaskManagerOptions.NETWORK_MEMORY_MAX, needed);
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
