package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.pipeline.Mode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.client.deployment.executors.RemoteExecutor;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which setting wins, where {@code flink run} has set up the environment. */
class FlinkOptionsTest {

  @Command
  private static final class AnyCommand {
    @Mixin private FlinkOptions flink;
  }

  @AfterEach
  void leaveTheCluster() {
    StreamContextEnvironment.unsetAsContext();
  }

  @Test
  void defaultsOfTheJobFillWhatNobodySet() {
    ReadableConfig settings = onCluster(Map.of());
    assertThat(settings.get(PipelineOptions.NAME)).isEqualTo("detect backfill");
    assertThat(settings.get(PipelineOptions.OBJECT_REUSE)).isTrue();
    assertThat(settings.get(RestartStrategyOptions.RESTART_STRATEGY))
        .isEqualTo("exponential-delay");
    assertThat(settings.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS))
        .isEqualTo(8);
  }

  @Test
  void settingsOfTheClusterWinOverDefaultsOfTheJob() {
    ReadableConfig settings =
        onCluster(
            Map.of(
                "pipeline.name", "nightly",
                "pipeline.object-reuse", "false",
                "parallelism.default", "7",
                "restart-strategy.type", "exponential-delay"));
    assertThat(settings.get(PipelineOptions.NAME)).isEqualTo("nightly");
    assertThat(settings.get(PipelineOptions.OBJECT_REUSE)).isFalse();
    assertThat(settings.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(7);
    assertThat(
            settings.getOptional(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS))
        .isEmpty();
  }

  @Test
  void optionAfterTheJarWinsOverTheCluster() {
    Map<String, String> cluster =
        Map.of("pipeline.name", "nightly", "restart-strategy", "fixed-delay");
    ReadableConfig settings =
        onCluster(cluster, "-Dpipeline.name=now", "-Drestart-strategy.type=none");
    assertThat(settings.get(PipelineOptions.NAME)).isEqualTo("now");
    assertThat(settings.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("none");
  }

  @Test
  void runOfThisProcessFailsAtOnce() {
    assertThat(settings().getOptional(RestartStrategyOptions.RESTART_STRATEGY)).isEmpty();
  }

  /** With Flink's own 64 MB a hundred detections do not start. */
  @ParameterizedTest
  @CsvSource({
    "2, , ",
    "100, , 200m",
    "100, -Dtaskmanager.memory.network.max=1g, 1g",
  })
  void runOfThisProcessHasNetworkMemoryForItsDetections(
      int detections, String asked, String expected) {
    String[] arguments =
        Stream.of("--parallelism=2", asked).filter(Objects::nonNull).toArray(String[]::new);
    assertThat(
            settings(detections, arguments)
                .getOptional(TaskManagerOptions.NETWORK_MEMORY_MAX)
                .map(MemorySize::getBytes))
        .isEqualTo(Optional.ofNullable(expected).map(MemorySize::parseBytes));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, , ALL_EXCHANGES_PIPELINED, Default",
    "2, 8, , ALL_EXCHANGES_PIPELINED, Default",
    "3, 8, , , ",
    "2, 2, -Dexecution.batch-shuffle-mode=ALL_EXCHANGES_BLOCKING, ALL_EXCHANGES_BLOCKING, ",
    "2, 2, -Djobmanager.scheduler=AdaptiveBatch, , AdaptiveBatch",
  })
  void runOfThisProcessHasOneStageWhereItsSortsHaveMemory(
      int detections, int parallelism, String asked, String mode, String scheduler) {
    String[] arguments =
        Stream.of("--parallelism=" + parallelism, asked)
            .filter(Objects::nonNull)
            .toArray(String[]::new);
    ReadableConfig settings = settings(detections, arguments);
    assertThat(settings.getOptional(ExecutionOptions.BATCH_SHUFFLE_MODE).map(Enum::name))
        .isEqualTo(Optional.ofNullable(mode));
    assertThat(settings.getOptional(JobManagerOptions.SCHEDULER).map(Enum::name))
        .isEqualTo(Optional.ofNullable(scheduler));
  }

  @Test
  void stagesOfAClusterAreItsOwn() {
    assertThat(onCluster(Map.of()).getOptional(ExecutionOptions.BATCH_SHUFFLE_MODE)).isEmpty();
  }

  @Test
  void networkMemoryOfAClusterIsItsOwn() {
    assertThat(onCluster(Map.of()).getOptional(TaskManagerOptions.NETWORK_MEMORY_MAX)).isEmpty();
  }

  /** What the progress is told by runs beside the user's reporters, listed or not. */
  @ParameterizedTest
  @CsvSource({"-Dmetrics.reporter.mine.port=1, ", "-Dmetrics.reporters=mine, 'mine,own'"})
  void reportersOfTheUserRunBesideTheOneOfTheProgress(String asked, String listed) {
    AnyCommand command = new AnyCommand();
    new CommandLine(command).parseArgs(asked);
    Configuration own = Configuration.fromMap(Map.of("metrics.reporter.own.factory.class", "x.Y"));
    try (FlinkOptions flink = command.flink) {
      ReadableConfig settings =
          flink.startedTableEnvironment(Mode.BACKFILL, 1, own).getConfig().getRootConfiguration();
      assertThat(settings.getOptional(MetricOptions.REPORTERS_LIST))
          .isEqualTo(Optional.ofNullable(listed));
    }
  }

  private static ReadableConfig onCluster(Map<String, String> config, String... arguments) {
    Configuration cluster = Configuration.fromMap(config);
    cluster.set(DeploymentOptions.TARGET, RemoteExecutor.NAME);
    Submitted.to(cluster);
    return settings(arguments);
  }

  /** As StreamContextEnvironment.setAsContext does, whose parameters differ from Flink to Flink. */
  private static final class Submitted extends StreamExecutionEnvironment {

    static void to(Configuration cluster) {
      initializeContextEnvironment(
          own -> {
            Configuration all = new Configuration(cluster);
            all.addAll(own);
            return new StreamContextEnvironment(
                new DefaultExecutorServiceLoader(),
                all,
                FlinkOptionsTest.class.getClassLoader(),
                true,
                true);
          });
    }
  }

  private static ReadableConfig settings(String... arguments) {
    return settings(100, arguments);
  }

  private static ReadableConfig settings(int detections, String... arguments) {
    AnyCommand command = new AnyCommand();
    new CommandLine(command).parseArgs(arguments);
    return command
        .flink
        .tableEnvironment(Mode.BACKFILL, detections)
        .getConfig()
        .getRootConfiguration();
  }
}
