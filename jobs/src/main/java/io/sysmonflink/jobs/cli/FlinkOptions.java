package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.Mode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import picocli.CommandLine.Option;

/** How Flink runs: within this process, unless {@code flink run} has set up something else. */
final class FlinkOptions implements AutoCloseable {

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "How many parallel tasks; default: the number of processors, or on a cluster its own setting.")
  private Integer parallelism;

  @Option(
      names = "-D",
      paramLabel = "flink.key=value",
      description = "Any setting of Flink; may be repeated.")
  private Map<String, String> configuration = new LinkedHashMap<>();

  private final EmbeddedCluster embedded = new EmbeddedCluster();

  private StreamExecutionEnvironment environment;
  private boolean isEmbedded;

  /** Options that the user cannot change. */
  static FlinkOptions ofParallelism(int parallelism) {
    FlinkOptions options = new FlinkOptions();
    options.parallelism = parallelism;
    return options;
  }

  /** Whether the job runs in this process. */
  boolean isEmbedded() {
    environment();
    return isEmbedded;
  }

  /** Whether the command waits for the job: not under {@code flink run -d}. */
  boolean isAttached() {
    return isEmbedded() || environment().getConfiguration().get(DeploymentOptions.ATTACHED);
  }

  /**
   * Where the JobManager of a job that was started answers; nothing where the configuration does
   * not say it, or only who has its certificate may ask.
   */
  Optional<URI> restAddress() {
    if (isEmbedded()) {
      return Optional.of(embedded.restAddress());
    }
    ReadableConfig flink = environment().getConfiguration();
    return flink.get(SecurityOptions.SSL_REST_ENABLED)
        ? Optional.empty()
        : flink
            .getOptional(RestOptions.ADDRESS)
            .map(host -> URI.create("http://" + host + ":" + flink.get(RestOptions.PORT)));
  }

  /** Where checkpoints go. */
  String checkpoints() {
    return environment()
        .getConfiguration()
        .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
        .orElse("the JobManager's memory");
  }

  /**
   * A new one, without tables.
   *
   * @param detections how many its job will have
   */
  StreamTableEnvironment tableEnvironment(Mode mode, int detections) {
    return StreamTableEnvironment.create(
        configured(mode, detections, new Configuration()), mode.settings());
  }

  /**
   * A new one, without tables, for one job. Where the job runs in this process, the cluster for it
   * starts meanwhile; {@link #close} stops it if no job is executed.
   *
   * @param detections how many the job will have
   * @param defaults what holds besides the job's defaults where the user says nothing else
   */
  StreamTableEnvironment startedTableEnvironment(
      Mode mode, int detections, Configuration defaults) {
    StreamExecutionEnvironment env = configured(mode, detections, defaults);
    if (isEmbedded) {
      embedded.start(Configuration.fromMap(env.getConfiguration().toMap()));
    }
    return StreamTableEnvironment.create(env, mode.settings());
  }

  @Override
  public void close() {
    embedded.close();
  }

  private StreamExecutionEnvironment configured(Mode mode, int detections, Configuration defaults) {
    StreamExecutionEnvironment env = environment();
    Configuration missing = new Configuration(defaults);
    missing.addAll(JobDefaults.missingFrom(env.getConfiguration(), mode, isEmbedded, detections));
    env.getConfiguration().toMap().keySet().forEach(missing::removeKey);
    env.getConfiguration()
        .getOptional(MetricOptions.REPORTERS_LIST)
        .ifPresent(
            listed -> missing.set(MetricOptions.REPORTERS_LIST, withReporters(listed, defaults)));
    env.configure(missing);
    return env;
  }

  // A list of the user's leaves out all reporters that are not in it.
  private static String withReporters(String listed, Configuration defaults) {
    return Stream.concat(
            Stream.of(listed),
            defaults.toMap().keySet().stream()
                .filter(key -> key.startsWith(ConfigConstants.METRICS_REPORTER_PREFIX))
                .map(key -> key.substring(ConfigConstants.METRICS_REPORTER_PREFIX.length()))
                .map(key -> key.substring(0, key.indexOf('.')))
                .distinct())
        .collect(Collectors.joining(","));
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
      if (environment instanceof LocalStreamEnvironment) {
        isEmbedded = true;
        Configuration local = Configuration.fromMap(environment.getConfiguration().toMap());
        environment = new StreamExecutionEnvironment(embedded, local, null);
      }
    }
    return environment;
  }
}
