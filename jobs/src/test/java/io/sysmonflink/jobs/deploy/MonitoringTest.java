package io.sysmonflink.jobs.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.regression.OutputSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * deploy/monitoring. That a running job exports each metric is {@code cluster.DeployedITCase}'s to
 * see.
 */
class MonitoringTest {

  private static final Path ROOT = DeployFiles.path("monitoring");

  @Test
  void rulesFitAPrometheusRule() throws IOException {
    String spec = DeployFiles.text(ROOT.resolve("rules.yaml")).indent(2);
    String head =
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: sysmon}\nspec:\n";
    JsonNode rules = Manifests.objects(head + spec).get(0);
    Manifests.assertFits(rules, "rules.yaml");
    assertThat(rules.findValues("alert")).hasSize(13);
  }

  @Test
  void runbookTellsWhatEachAlertMeans() throws IOException {
    String runbook = DeployFiles.text(DeployFiles.path("../docs/operate/runbook.md"));
    JsonNode rules = Manifests.objects(DeployFiles.text(ROOT.resolve("rules.yaml"))).get(0);
    for (JsonNode rule : rules.findParents("alert")) {
      String alert = rule.required("alert").textValue();
      assertThat(runbook).contains("\n### " + alert + "\n");
      assertThat(rule.at("/annotations/runbook").textValue())
          .isEqualTo("docs/operate/runbook.md#" + alert.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void panelsDoNotOverlapAndRiskEventsHaveTheirFields() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(ROOT.resolve("dashboard.json").toFile());
    boolean[][] taken = new boolean[200][24];
    for (JsonNode panel : dashboard.required("panels")) {
      JsonNode place = panel.required("gridPos");
      for (int y = 0; y < place.required("h").intValue(); y++) {
        for (int x = 0; x < place.required("w").intValue(); x++) {
          boolean[] row = taken[place.required("y").intValue() + y];
          int column = place.required("x").intValue() + x;
          assertThat(row[column]).as("%s", panel.required("title")).isFalse();
          row[column] = true;
        }
      }
    }
    JsonNode fields = OutputSchema.of("risk_events").json().required("properties");
    List<String> asked =
        StreamSupport.stream(dashboard.required("panels").spliterator(), false)
            .flatMap(panel -> panel.findValuesAsText("field").stream())
            .toList();
    assertThat(asked).isNotEmpty().allSatisfy(field -> assertThat(fields.has(field)).isTrue());
  }

  /** Where Prometheus' own tool is installed; a build needs none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "check rules rules.yaml",
        "test rules rules_test.yaml",
        "check config prometheus.yaml"
      })
  void promtoolAgrees(String command) throws Exception {
    assumeThat(ScriptRun.onPath("promtool")).isTrue();
    Process promtool =
        new ProcessBuilder(("promtool " + command).split(" ", -1))
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
  }
}
