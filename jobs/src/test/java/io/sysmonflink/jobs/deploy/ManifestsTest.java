package io.sysmonflink.jobs.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/kubernetes: every object fits its kind's schema, and what they name is there. */
class ManifestsTest {

  private static final Path ROOT = DeployFiles.path("kubernetes");
  private static final Set<String> TEMPLATES = Set.of("run.yaml");

  @Test
  void everyFileFitsItsKind() throws IOException {
    Set<Path> patches = patches();
    for (Path file : files()) {
      for (JsonNode object : Manifests.objects(DeployFiles.text(file))) {
        assertThat(Manifests.errors(object))
            .as("%s", ROOT.relativize(file))
            .filteredOn(e -> !(patches.contains(file) && e.getKeyword().equals("required")))
            .isEmpty();
      }
    }
  }

  @Test
  void aWrongNameOrValueIsFound() throws IOException {
    JsonNode live = Manifests.objects(DeployFiles.text(ROOT.resolve("base/live.yaml"))).get(0);
    ((ObjectNode) live.at("/spec/job")).put("arguments", "live");
    ((ObjectNode) live.at("/spec/job")).put("upgradeMode", "restart");
    ((ObjectNode) live.at("/spec/flinkConfiguration")).put("taskmanager.numberOfTaskSlots", 2);
    assertThat(Manifests.errors(live)).hasSize(3);
  }

  @Test
  void whatAKustomizationNamesIsThere() throws IOException {
    for (Path file : files()) {
      if (file.endsWith("kustomization.yaml")) {
        JsonNode kustomization = Manifests.objects(DeployFiles.text(file)).get(0);
        Set<String> names = new TreeSet<>();
        objects(file.getParent()).forEach(object -> names.add(Manifests.name(object)));
        for (JsonNode generator : kustomization.path("configMapGenerator")) {
          for (JsonNode generated : generator.required("files")) {
            assertThat(file.resolveSibling(generated.textValue())).exists();
          }
        }
        for (JsonNode patch : kustomization.path("patches")) {
          Path path = file.resolveSibling(patch.required("path").textValue());
          for (JsonNode object : Manifests.objects(DeployFiles.text(path))) {
            assertThat(names).as("%s", path).contains(Manifests.name(object));
          }
        }
      }
    }
  }

  @Test
  void everyPodIsLockedUp() throws IOException {
    for (JsonNode template : podTemplates()) {
      JsonNode pod = template.required("spec");
      assertThat(pod.at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      for (JsonNode container : pod.required("containers")) {
        JsonNode security = container.required("securityContext");
        assertThat(security.required("allowPrivilegeEscalation").booleanValue()).isFalse();
        assertThat(security.required("readOnlyRootFilesystem").booleanValue()).isTrue();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        // Flink and its scripts write here, and nowhere else.
        assertThat(container.required("volumeMounts").findValuesAsText("mountPath"))
            .contains("/tmp");
      }
    }
  }

  @Test
  void everyPodIsUnderTheNetworkPolicyAndWatched() throws IOException {
    for (JsonNode template : podTemplates()) {
      assertThat(template.at("/metadata/labels").path("app.kubernetes.io/part-of").asText())
          .isEqualTo("flink-sysmon-detections");
      JsonNode container = template.at("/spec/containers/0");
      if (container.required("name").textValue().equals("flink-main-container")) {
        assertThat(container.at("/ports/0/name").asText()).isEqualTo("metrics");
      }
    }
  }

  /** What kustomize makes of it, where kubectl is installed; a build needs none. */
  @ParameterizedTest
  @ValueSource(strings = {"overlays/small", "overlays/large", "session"})
  void kustomizedObjectsFit(String overlay) throws Exception {
    assumeThat(ScriptRun.onPath("kubectl")).isTrue();
    Process kustomize =
        new ProcessBuilder("kubectl", "kustomize", ROOT.resolve(overlay).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String rendered = new String(kustomize.getInputStream().readAllBytes(), UTF_8);
    assertThat(kustomize.waitFor()).isZero();
    List<JsonNode> objects = Manifests.objects(rendered);
    objects.forEach(object -> Manifests.assertFits(object, overlay));
    JsonNode config = only(objects, "ConfigMap");
    JsonNode cronJob = only(objects, "CronJob");
    assertThat(cronJob.at("/spec/jobTemplate/spec/template/spec/volumes/0/configMap/name"))
        .isEqualTo(config.at("/metadata/name"));
    assertThat(cronJob.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
    assertThat(objects)
        .allSatisfy(o -> assertThat(o.at("/metadata/namespace").asText()).isEqualTo("sysmon"));

    JsonNode run = Manifests.run(cronJob, config.at("/data").required("run.yaml").textValue());
    Manifests.assertFits(run, overlay);
    assertThat(run.required("kind").textValue())
        .isEqualToIgnoringCase(Manifests.container(cronJob).at("/command/2").asText());
    CommandLines.assertParses(run.at("/spec/job/args"), overlay);
    objects.stream()
        .filter(object -> object.at("/spec/job/args").isArray())
        .forEach(object -> CommandLines.assertParses(object.at("/spec/job/args"), overlay));
  }

  /** The same of the base and of each variant by themselves, without kustomize. */
  @ParameterizedTest
  @ValueSource(strings = {"base/backfill/run.yaml", "session/backfill/run.yaml"})
  void dailyRunFits(String template) throws IOException {
    ObjectNode cronJob =
        (ObjectNode) Manifests.objects(DeployFiles.text(ROOT.resolve("base/backfill.yaml"))).get(0);
    for (JsonNode object :
        Manifests.objects(DeployFiles.text(ROOT.resolve("session/backfill.yaml")))) {
      Manifests.container(object)
          .required("env")
          .forEach(
              variable -> ((ArrayNode) Manifests.container(cronJob).required("env")).add(variable));
    }
    JsonNode run = Manifests.run(cronJob, DeployFiles.text(ROOT.resolve(template)));
    Manifests.assertFits(run, template);
    CommandLines.assertParses(run.at("/spec/job/args"), template);
  }

  /** The templates that whole objects have; those of patches are a part of them. */
  private static List<JsonNode> podTemplates() throws IOException {
    List<JsonNode> templates = new ArrayList<>();
    for (Path file : allYaml()) {
      for (JsonNode object : Manifests.objects(DeployFiles.text(file))) {
        Stream.of("/spec/podTemplate", "/spec/jobTemplate/spec/template")
            .map(object::at)
            .filter(template -> template.has("metadata"))
            .forEach(templates::add);
      }
    }
    assertThat(templates).as("live, a backfill, its CronJob, the session cluster").hasSize(4);
    return templates;
  }

  private static JsonNode only(List<JsonNode> objects, String kind) {
    List<JsonNode> found =
        objects.stream().filter(o -> o.required("kind").textValue().equals(kind)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** All that a kustomization takes in, as it stands in the files. */
  private static List<JsonNode> objects(Path folder) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    Path file = folder.resolve("kustomization.yaml");
    JsonNode kustomization = Manifests.objects(DeployFiles.text(file)).get(0);
    for (JsonNode resource : kustomization.required("resources")) {
      Path path = folder.resolve(resource.textValue()).normalize();
      assertThat(path).exists();
      objects.addAll(
          Files.isDirectory(path) ? objects(path) : Manifests.objects(DeployFiles.text(path)));
    }
    return objects;
  }

  private static Set<Path> patches() throws IOException {
    Set<Path> patches = new TreeSet<>();
    for (Path file : files()) {
      if (file.endsWith("kustomization.yaml")) {
        for (JsonNode patch : Manifests.objects(DeployFiles.text(file)).get(0).path("patches")) {
          patches.add(file.resolveSibling(patch.required("path").textValue()));
        }
      }
    }
    return patches;
  }

  private static List<Path> files() throws IOException {
    return allYaml().stream()
        .filter(file -> !TEMPLATES.contains(file.getFileName().toString()))
        .toList();
  }

  private static List<Path> allYaml() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
