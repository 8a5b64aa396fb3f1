package io.sysmonflink.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sysmonflink.jobs.catalog.DetectionMetadata.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {

  @Test
  void bothDetectionsComeWithTheJob() {
    Catalog catalog = Catalog.load(SqlFiles.bundled());

    assertThat(catalog.detections())
        .extracting(Detection::name)
        .containsExactly(
            "suspicious_process_dns_query_known_abuse_web_services", "windows_abused_web_services");
    assertThat(catalog.detections())
        .extracting(d -> d.metadata().tags().riskScore(), Detection::severity)
        .containsExactly(tuple(64, Severity.HIGH), tuple(36, Severity.LOW));
    assertThat(catalog.detections())
        .allSatisfy(
            d -> {
              assertThat(d.metadata().eventCodes()).containsExactly(22);
              assertThat(d.metadata().drilldownSearches()).hasSize(2);
              assertThat(d.metadata().tests()).hasSize(1);
              assertThat(d.metadata().tags().observables(Role.VICTIM))
                  .extracting("name")
                  .containsExactly("dest");
            });
  }

  @Test
  void theSampleIsRight() {
    Detection sample = Catalog.load(SqlFiles.of(Samples.files())).select(List.of()).get(0);

    assertThat(sample.filter().text()).isEqualTo("SELECT * FROM `sample`");
    assertThat(sample.severity()).isEqualTo(Severity.LOW);
  }

  /** Each line: a text of the sample's YAML, what stands in its place, and the error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          version: 1           | versoin: 1              | :3: versoin: unknown key
          author: Someone      | # no author             | : author: is missing
          asset_type: Endpoint | # none                  | : tags.asset_type: is missing
          version: 1           | version: one            | :3: version: must be a whole number
          version: 1           | version: 1.5            | :3: version:
          version: 1           | version:                | :3: version: has no value
          author: Someone      | author:                 | :5: author: has no value
          author: Someone      | author: 7               | :5: author:
          author: Someone      | author: [a]             | :5: author: must be a text
          product: []          | product: Splunk         | tags.product: must be a list
          [Victim]             | [Bystander]             | tags.observable[0].role[0]: 'Bystander' is not Victim or Attacker
          type: Hunting        | status: production      | :7: status: stands twice
          risk_score: 35       | risk_score: 36          | : tags.risk_score: is 36, but confidence 50 x impact 70 / 100 is 35
          impact: 70           | impact: 170             | : tags.impact: 170 is not between 0 and 100
          '2024-01-31'         | '2024-01-32'            | : date: '2024-01-32' is not a date like 2024-09-30
          T1059.001            | 1059                    | tags.mitre_attack_id[0]
          T1059.001            | TA0001                  | : tags.mitre_attack_id: 'TA0001' is not like T1102 or T1059.005
          event_codes: [1]     | event_codes: [22]       | : event_codes: says [22], but the WHERE of sql/detections/sample.sql reads [1]
          event_codes: [1]     | event_codes: [1, 3]     | : event_codes: says [1, 3], but the WHERE of sql/detections/sample.sql reads [1]
          product: []          | throttling: {period: 24h}\\n  product: [] | : tags.throttling.fields: is missing
          product: []          | throttling: {fields: [], period: 24h}\\n  product: [] | : tags.throttling.fields: names no field
          product: []          | throttling: {fields: [dest], period: 1d}\\n  product: [] | tags.throttling.period: '1d' is not a number of whole days, like 24h or 86400s
          product: []          | throttling: {fields: [dest], period: 3600s}\\n  product: [] | tags.throttling.period: '3600s' is not a number of whole days
          author: Someone      | author: *someone        | :5:
          author: Someone      | author: &a Someone\\nx: *a | :6: YAML aliases
          author: Someone      | author: 'Some           | sample.yml:
          product: []          | product: [              | sample.yml:
          """)
  void aSlipInTheYamlIsToldInOneLine(String right, String wrong, String message) {
    assertThat(Samples.YAML).contains(right);
    Map<String, String> files = Samples.files();
    files.put("detections/sample.yml", Samples.YAML.replace(right, wrong.replace("\\n", "\n")));

    assertThatThrownBy(() -> Catalog.load(SqlFiles.of(files)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("sql/detections/sample.yml:")
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void aBombOfAliasesIsRefusedAtOnce() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 100; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    Map<String, String> files = Samples.files();
    files.put("detections/sample.yml", bomb.toString());

    assertThatThrownBy(() -> Catalog.load(SqlFiles.of(files)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("sample.yml:2: YAML aliases");
  }

  @Test
  void filesWithoutTheirPartnerAreErrors() {
    Map<String, String> noYaml = Samples.files();
    noYaml.remove("detections/sample.yml");
    Map<String, String> noSql = Samples.files();
    noSql.remove("detections/sample.sql");
    Map<String, String> filterOfNothing = Samples.files();
    filterOfNothing.put("filters/sampel_filter.sql", "SELECT * FROM sampel");

    assertThatThrownBy(() -> Catalog.load(SqlFiles.of(noYaml)))
        .hasMessage("sql/detections/sample.sql: has no sample.yml beside it");
    assertThatThrownBy(() -> Catalog.load(SqlFiles.of(noSql)))
        .hasMessage("sql/detections/sample.yml: has no sample.sql beside it");
    assertThatThrownBy(() -> Catalog.load(SqlFiles.of(filterOfNothing)))
        .hasMessageContaining("sql/filters/sampel_filter.sql: no detection goes with it");
  }

  @Test
  void anOverlayAddsAndReplacesSingleFiles(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("detections"));
    Files.createDirectories(folder.resolve("filters"));
    Files.writeString(folder.resolve("detections/sample.sql"), Samples.SQL);
    Files.writeString(folder.resolve("detections/sample.yml"), Samples.YAML);
    Path filter = folder.resolve("filters/windows_abused_web_services_filter.sql");
    Files.writeString(filter, "SELECT * FROM windows_abused_web_services WHERE TRUE");
    Files.writeString(folder.resolve("README.md"), "notes");

    Catalog catalog = Catalog.load(SqlFiles.bundled().overlay(folder));

    assertThat(catalog.detections()).hasSize(3);
    Detection replaced = catalog.select(List.of("windows_abused_web_services")).get(0);
    assertThat(replaced.filter().origin()).isEqualTo(filter.toString());
    assertThat(replaced.query().origin()).isEqualTo(SqlFile.BUNDLED);
  }

  @Test
  void anOverlayWithAFileOutOfPlaceIsAnError(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("detection"));
    Path lost = Files.writeString(folder.resolve("detection/sample.sql"), Samples.SQL);

    assertThatThrownBy(() -> SqlFiles.bundled().overlay(folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(lost + ": has no place in the layout");
    assertThatThrownBy(() -> SqlFiles.bundled().overlay(folder.resolve("none")))
        .hasMessageContaining("no such folder");
  }
}
