package io.sysmonflink.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What deploy/ and its pages tell the job is what the jar's command line knows. */
class CommandLinesTest {

  @Test
  void everyCommandLineIsKnown() throws IOException {
    Map<String, List<List<String>>> found = commandLines();
    found.forEach(
        (file, lines) -> lines.forEach(arguments -> CommandLines.assertParses(arguments, file)));
    assertThat(found)
        .containsKeys(
            "deploy/kubernetes/base/live.yaml",
            "deploy/kubernetes/base/backfill/run.yaml",
            "deploy/kubernetes/session/backfill/run.yaml",
            "deploy/kubernetes/overlays/small/live.yaml",
            "deploy/kubernetes/overlays/large/live.yaml",
            "deploy/docker/compose.yaml",
            "deploy/standalone/backfill",
            "deploy/standalone/live");
  }

  @Test
  void aWrongOptionIsFound() {
    assertThat(CommandLines.inText("flink run \"$jar\" backfill --no-such \"$X\" \"$@\" || x=$?"))
        .containsExactly(List.of("backfill", "--no-such", "2024-11-25"));
    assertThatThrownBy(
            () -> CommandLines.assertParses(List.of("backfill", "--no-such", "x"), "here"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("here");
  }

  private static Map<String, List<List<String>>> commandLines() throws IOException {
    Map<String, List<List<String>>> found = new TreeMap<>();
    Path project = DeployFiles.path("..");
    List<Path> all = new ArrayList<>();
    for (String folder : List.of("README.md", "deploy", "docs")) {
      try (Stream<Path> files = Files.walk(project.resolve(folder))) {
        files.filter(Files::isRegularFile).forEach(all::add);
      }
    }
    for (Path file : all) {
      List<List<String>> lines = new ArrayList<>(CommandLines.inText(DeployFiles.text(file)));
      if (file.toString().endsWith(".yaml")) {
        for (JsonNode document : Manifests.objects(DeployFiles.text(file))) {
          lines.addAll(CommandLines.inYaml(document));
        }
      }
      if (!lines.isEmpty()) {
        found.put(project.relativize(file).toString(), lines);
      }
    }
    return found;
  }
}
