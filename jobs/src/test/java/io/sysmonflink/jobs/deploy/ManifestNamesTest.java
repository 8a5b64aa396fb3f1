package io.sysmonflink.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** deploy/kubernetes: what one object names, another is; what a patch names, the base has. */
class ManifestNamesTest {

  private static final Path ROOT = DeployFiles.path("kubernetes");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");
  private static final Pattern FILLED = Pattern.compile("envsubst '([^']*)'");

  /** What the script itself reads. */
  private static final Set<String> OF_SCRIPT =
      Set.of("HOME", "TO", "TIMEOUT_SECONDS", "POLL_SECONDS");

  @Test
  void everySecretIsShownInTheExampleAndAskedFor() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (JsonNode object : objects()) {
      asked.addAll(object.findValuesAsText("secretName"));
      object.findValues("secretRef").forEach(r -> asked.add(r.required("name").textValue()));
      object.findValues("secretKeyRef").forEach(r -> asked.add(r.required("name").textValue()));
    }
    assertThat(asked).isNotEmpty().isEqualTo(names("Secret"));
  }

  @Test
  void everyAccountIsThereWithItsRole() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (JsonNode object : objects()) {
      asked.addAll(object.findValuesAsText("serviceAccount"));
      asked.addAll(object.findValuesAsText("serviceAccountName"));
    }
    assertThat(asked).hasSize(2).isEqualTo(names("ServiceAccount"));
    for (JsonNode object : objects()) {
      if (object.required("kind").textValue().equals("RoleBinding")) {
        assertThat(names("Role")).contains(object.at("/roleRef/name").textValue());
        assertThat(asked).contains(object.at("/subjects/0/name").textValue());
      }
    }
  }

  @Test
  void everySessionJobHasItsCluster() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (JsonNode object : objects()) {
      asked.addAll(object.findValuesAsText("deploymentName"));
    }
    assertThat(asked).hasSize(1);
    assertThat(names("FlinkDeployment")).containsAll(asked);
  }

  /** Kustomize would add a container or a variable that it does not find. */
  @Test
  void whatIsPatchedIsThere() throws IOException {
    Set<String> containers = new TreeSet<>();
    Set<String> variables = new TreeSet<>();
    for (JsonNode object : objects()) {
      if (object.required("kind").textValue().equals("CronJob")) {
        JsonNode container = Manifests.container(object);
        containers.add(container.required("name").textValue());
        variables.addAll(container.path("env").findValuesAsText("name"));
      }
    }
    assertThat(containers).containsExactly("run");
    assertThat(variables).isSubsetOf(known());
  }

  /** The script fills in by name, so that no other $ is touched. */
  @Test
  void theScriptFillsInWhatTemplatesLeaveOpen() throws IOException {
    Matcher filled = FILLED.matcher(DeployFiles.text(ROOT.resolve("base/backfill/run")));
    assertThat(filled.find()).isTrue();
    assertThat(filled.group(1).replace("$", "").split(" ", -1))
        .containsExactlyInAnyOrderElementsOf(inTemplates());
  }

  private static Set<String> known() throws IOException {
    Set<String> known = new TreeSet<>(OF_SCRIPT);
    known.addAll(inTemplates());
    return known;
  }

  private static Set<String> inTemplates() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : files()) {
      if (file.endsWith("run.yaml")) {
        VARIABLE.matcher(DeployFiles.text(file)).results().forEach(m -> names.add(m.group(1)));
      }
    }
    return names;
  }

  private static Set<String> names(String kind) throws IOException {
    Set<String> names = new TreeSet<>();
    for (JsonNode object : objects()) {
      if (object.required("kind").textValue().equals(kind)) {
        names.add(object.at("/metadata/name").textValue());
      }
    }
    return names;
  }

  private static List<JsonNode> objects() throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (Path file : files()) {
      objects.addAll(Manifests.objects(DeployFiles.text(file)));
    }
    return objects;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
