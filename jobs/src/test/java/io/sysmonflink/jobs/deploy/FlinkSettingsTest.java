package io.sysmonflink.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;

/** Flink takes a setting that it does not know without a word; so each is looked up in its code. */
class FlinkSettingsTest {

  private static final List<Class<?>> OPTIONS =
      List.of(
          CheckpointingOptions.class,
          CoreOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          MetricOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          StateBackendOptions.class,
          TaskManagerOptions.class);

  /** The Kubernetes operator's, as of its main branch of 2026-07-20, and a script's. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "kubernetes.operator.periodic.savepoint.interval",
          "kubernetes.operator.savepoint.history.max.age",
          "env.java.opts.all");

  @Test
  void everySettingIsKnownToFlink() throws Exception {
    Set<String> known = new TreeSet<>(OF_OTHERS);
    for (Class<?> options : OPTIONS) {
      for (Field field : options.getFields()) {
        if (ConfigOption.class.isAssignableFrom(field.getType())) {
          known.add(((ConfigOption<?>) field.get(null)).key());
        }
      }
    }
    for (String ofReporter : List.of("factory.class", "port", "scope.variables.excludes")) {
      known.add("metrics.reporter.prometheus." + ofReporter);
    }
    assertThat(known)
        .containsAll(DeployFiles.standaloneConfig().keySet())
        .containsAll(inManifests());
  }

  /** It would replace that of the backfill, which gives up, and of the live job, which does not. */
  @Test
  void clustersOfSeveralJobsLeaveRestartsToThem() throws IOException {
    String session = DeployFiles.text(DeployFiles.path("kubernetes/session/cluster.yaml"));
    assertThat(session).doesNotContain("restart-strategy");
    assertThat(DeployFiles.standaloneConfig().keySet())
        .noneMatch(key -> key.startsWith("restart-strategy"));
  }

  private static Set<String> inManifests() throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.walk(DeployFiles.path("kubernetes"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        for (JsonNode object : Manifests.objects(DeployFiles.text(file))) {
          object
              .findValues("flinkConfiguration")
              .forEach(c -> c.fieldNames().forEachRemaining(keys::add));
        }
      }
    }
    assertThat(keys).hasSizeGreaterThan(10);
    return keys;
  }
}
