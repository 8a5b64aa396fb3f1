package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import picocli.CommandLine.Option;

/** How Flink runs: within this process, unless {@code flink run} has set up something else. */
final class FlinkOptions {

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "How many parallel tasks: as many as there are processors, or on a cluster what it is set to, unless told"
              + " otherwise.")
  private Integer parallelism;

  @Option(
      names = "-D",
      paramLabel = "flink.key=value",
      description = "Any setting of Flink; may be repeated.")
  private Map<String, String> configuration = new LinkedHashMap<>();

  private StreamExecutionEnvironment environment;

  /** Options that the user cannot change. */
  static FlinkOptions ofParallelism(int parallelism) {
    FlinkOptions options = new FlinkOptions();
    options.parallelism = parallelism;
    return options;
  }

  /** Whether the job runs in this process. */
  boolean isEmbedded() {
    return environment() instanceof LocalStreamEnvironment;
  }

  /** Whether the command waits for the job: not under {@code flink run -d}. */
  boolean isAttached() {
    return isEmbedded() || environment().getConfiguration().get(DeploymentOptions.ATTACHED);
  }

  StreamTableEnvironment tableEnvironment(Mode mode) {
    return tableEnvironment(mode, new Configuration());
  }

  /**
   * A new one, without tables.
   *
   * @param defaults what holds besides the job's defaults where the user says nothing else
   */
  StreamTableEnvironment tableEnvironment(Mode mode, Configuration defaults) {
    StreamExecutionEnvironment env = environment();
    Configuration missing = new Configuration(defaults);
    missing.addAll(JobDefaults.missingFrom(env.getConfiguration(), mode, isEmbedded()));
    env.getConfiguration().toMap().keySet().forEach(missing::removeKey);
    env.configure(missing);
    return StreamTableEnvironment.create(env, mode.settings());
  }

  StreamExecutionEnvironment environment() {
    if (environment == null) {
      Configuration flink = Configuration.fromMap(configuration);
      if (parallelism != null) {
        if (parallelism < 1) {
          throw new UserError("--parallelism " + parallelism + ": must be 1 or more");
        }
        flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
      }
      try {
        environment = StreamExecutionEnvironment.getExecutionEnvironment(flink);
      } catch (IllegalArgumentException e) {
        throw new UserError("-D: " + e.getMessage(), e);
      }
    }
    return environment;
  }
}
