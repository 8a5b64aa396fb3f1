package io.sysmonflink.jobs.regression;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.jobs.oracle.Backfill;
import io.sysmonflink.jobs.pipeline.DetectionPipeline;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import io.sysmonflink.jobs.report.FailOn;
import io.sysmonflink.jobs.report.OutputFolder;
import io.sysmonflink.jobs.report.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas in docs/schemas say what the job really writes: no less, and no more. */
class OutputSchemasITCase {

  private static final Map<String, List<JsonNode>> WRITTEN = new TreeMap<>();

  @BeforeAll
  static void run(@TempDir Path folder) throws IOException {
    Backfill pack = PackRun.get();
    for (String table :
        List.of(
            "detection_results", "risk_events", "dead_letter", "scan_summary", "search_summary")) {
      WRITTEN.put(table, pack.lines(table));
    }
    // A run that reads nothing says why; and one that drops events for lack of a by-field, which.
    Path noise = Files.writeString(folder.resolve("noise.log"), "no event\n");
    Backfill nothing = Backfill.run(noise, folder.resolve("out"), List.of());
    Path near =
        Files.writeString(
            folder.resolve("near.json"),
            """
            {"EventID": 22, "UtcTime": "2024-11-20 10:00:00", "Channel": "Microsoft-Windows-Sysmon/Operational",
             "QueryName": "pastebin.com", "Hostname": "WIN-1"}
            """);
    Backfill lacking =
        Backfill.run(near, folder.resolve("lacking"), List.of("--to", "2024-11-21", "--days", "9"));
    WRITTEN.put(
        "summary", List.of(pack.summary(), nothing.summary(), lacking.summary(), unfilled(folder)));
    WRITTEN.get("scan_summary").addAll(nothing.lines("scan_summary"));
    WRITTEN.get("search_summary").addAll(lacking.lines("search_summary"));
  }

  /** The summary of a run that found events without fields and without a provider. */
  private static JsonNode unfilled(Path folder) throws IOException {
    Path scan = Files.createDirectories(folder.resolve("unfilled/scan_summary"));
    Files.writeString(
        scan.resolve("part-0"),
        """
        {"source": "file:/a", "records": 2, "bytes": 9, "decoded": 1, "dead_letters": {"no_event_data": 1},
         "no_event_data": {"nxlog": 1}, "no_provider": {"sentinel": 1}, "keys": {"nxlog": "a, b"},
         "oldest": "2024-11-20T10:00:00Z", "newest": "2024-11-20T10:00:00Z"}
        """);
    RunSummary summary =
        RunSummary.of(
            OutputFolder.of(folder.resolve("unfilled").toString()),
            new DetectionPipeline.Assembled(null, List.of(), true),
            SearchWindow.lastDays(14, Instant.parse("2024-11-21T00:00:00Z")),
            Duration.ofSeconds(1),
            FailOn.DEFAULT);
    return new ObjectMapper().readTree(summary.json());
  }

  @Test
  void everyOutputHasASchema() throws IOException {
    try (Stream<Path> files = Files.list(TestData.ofProject("docs/schemas"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".schema.json", "")))
          .containsExactlyInAnyOrderElementsOf(WRITTEN.keySet());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detection_results",
        "risk_events",
        "dead_letter",
        "scan_summary",
        "search_summary",
        "summary"
      })
  void everythingWrittenFitsAndNothingElseIsAllowed(String output) throws IOException {
    OutputSchema schema = OutputSchema.of(output);
    List<JsonNode> written = WRITTEN.get(output);

    schema.assertFits(written);
    assertSays(output, schema.json(), written);

    ObjectNode more = written.get(0).deepCopy();
    assertThat(schema.errors(more.put("unheard_of", 1))).isNotEmpty();
    boolean byFields = output.equals("detection_results");
    assertThat(schema.errors(more.put("unheard_of", "text")).isEmpty()).isEqualTo(byFields);
  }

  /**
   * The properties of an object's schema are those that are written, and those that are always
   * written are required.
   */
  private static void assertSays(String place, JsonNode schema, List<JsonNode> written) {
    if (schema.has("items")) {
      List<JsonNode> items = new ArrayList<>();
      written.forEach(array -> array.forEach(items::add));
      assertSays(place + "[]", schema.get("items"), items);
    }
    if (!schema.has("properties")) {
      return;
    }
    Set<String> properties = names(schema.get("properties"));
    Set<String> ever = new HashSet<>();
    Set<String> always = new HashSet<>(properties);
    for (JsonNode object : written) {
      ever.addAll(names(object));
      always.retainAll(names(object));
    }
    if (!schema.required("additionalProperties").isObject()) { // else others are by-fields
      assertThat(ever).as("written in %s", place).isEqualTo(properties);
    }
    assertThat(required(schema)).as("always written in %s", place).isEqualTo(always);
    for (String property : properties) {
      List<JsonNode> values =
          written.stream()
              .filter(object -> object.hasNonNull(property))
              .map(o -> o.get(property))
              .toList();
      assertThat(values).as("values of %s.%s", place, property).isNotEmpty();
      assertSays(place + "." + property, schema.at("/properties/" + property), values);
    }
  }

  /** Of a run whose source tells what it read. */
  private static Set<String> required(JsonNode schema) {
    Set<String> required = texts(schema.required("required"));
    schema
        .path("dependentRequired")
        .properties()
        .forEach(
            dependent -> {
              required.add(dependent.getKey());
              required.addAll(texts(dependent.getValue()));
            });
    return required;
  }

  /** Each line: an output, a field of it, and a value that it must not have. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          detection_results | count           | "1"
          detection_results | count           | 0
          detection_results | firstTime       | "2024-11-18T08:00:00Z"
          detection_results | first_seen      | "2024-11-18 08:00:00"
          detection_results | first_seen      | "2024-13-18T08:00:00Z"
          detection_results | last_seen       | "2024-11-18T08:00:00+01:00"
          detection_results | activity        | []
          detection_results | dest            | null
          detection_results | info_min_time   | null
          risk_events       | id              | "1"
          risk_events       | risk_score      | 101
          risk_events       | risk_object     | null
          risk_events       | risk_object_type | "host"
          risk_events       | threat_object   | []
          risk_events       | annotations     | {}
          risk_events       | severity        | "LOW"
          risk_events       | fields          | {"dest": 1}
          dead_letter       | error_type      | "TRUNCATED"
          dead_letter       | raw_payload     | "<Event>"
          dead_letter       | position        | -1
          dead_letter       | payload_length  | 0
          dead_letter       | payload_sha256  | "AB"
          scan_summary      | skipped         | {"5": 0}
          scan_summary      | oldest          | ""
          search_summary    | rows            | -1
          search_summary    | lacking         | ""
          summary           | seconds         | "1"
          summary           | from            | null
          summary           | detections      | [{"detection": "x", "rows": 0, "events": 0, "rows_before_filter": 0, "events_before_filter": 0}]
          """)
  void valuesOfAnotherKindAreRefused(String output, String field, String value) throws IOException {
    OutputSchema schema = OutputSchema.of(output);
    ObjectNode changed = WRITTEN.get(output).get(0).deepCopy();
    assertThat(changed.has(field)).isTrue();

    changed.set(field, new ObjectMapper().readTree(value));

    assertThat(schema.errors(changed)).anyMatch(error -> error.contains(field));
  }

  @Test
  void deadLettersHaveTheDecodersErrorTypes() throws IOException {
    Set<String> labels = Arrays.stream(ErrorType.values()).map(ErrorType::label).collect(toSet());

    assertThat(texts(OutputSchema.of("dead_letter").json().at("/properties/error_type/enum")))
        .isEqualTo(labels);
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.properties().forEach(property -> names.add(property.getKey()));
    return names;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}
