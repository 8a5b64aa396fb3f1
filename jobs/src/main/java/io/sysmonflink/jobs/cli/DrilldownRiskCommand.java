package io.sysmonflink.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.Drilldown;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.Mode;
import io.sysmonflink.jobs.pipeline.RunOptions;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import io.sysmonflink.jobs.report.FoundRows;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code detect drilldown risk}: a host's risk events of the last 7 days, added up. */
@Command(
    name = "risk",
    description = "Adds up a host's risk events of the last 168 hours.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  detect drilldown risk --dest WIN-1 --results found --to 2024-11-25T00:00:00Z",
      "  detect drilldown risk --dest WIN-1 --brokers localhost:9092",
      "",
      "HOST may be a full name, or its first labels: WIN-1 finds WIN-1.corp.example too. An event that several runs",
      "report, by its id, counts once."
    })
final class DrilldownRiskCommand implements Callable<Integer> {

  /** Splunk's {@code starthoursago=168}. */
  private static final Duration SEARCHED = Duration.ofDays(7);

  @Spec private CommandSpec spec;

  @Mixin private DrilldownOptions drilldown;

  @Mixin private KafkaConnection kafka;

  @Option(
      names = "--risk-topic",
      paramLabel = "T",
      defaultValue = "risk_events",
      description = "The topic of risk events; default: ${DEFAULT-VALUE}.")
  private String riskTopic;

  @Option(
      names = "--to",
      paramLabel = "T",
      converter = TimeOption.class,
      description = "The 168 hours before this time, ISO-8601; default: now.")
  private Instant to;

  @Mixin private PrintOptions print;

  @Mixin private CatalogOptions catalogOptions;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "As properties.x=y, set x of Kafka's client; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private FlinkOptions flink;

  @Override
  public Integer call() throws Exception {
    Catalog catalog = catalogOptions.load();
    if (drilldown.inFolders() == kafka.isGiven()) {
      throw new UserError("give either --results DIR or --brokers H:P");
    }
    Instant latest = to == null ? Instant.now() : to;
    Map<String, String> values = new LinkedHashMap<>(kafka.values());
    values.put("risk_topic", riskTopic);
    KafkaSettings kafkaSettings =
        new KafkaSettings(values, kafka.client(settings), Optional.empty());
    RunOptions options =
        RunOptions.drilldown(drilldown.inFolders() ? "files" : "kafka", drilldown.dest())
            .window(new SearchWindow(latest.minus(SEARCHED), latest))
            .kafka(kafkaSettings)
            .settings(settings)
            .build();
    List<Map<String, String>> places =
        drilldown.inFolders() ? drilldown.places("risk_events", false) : List.of(Map.of());
    List<Map<String, Object>> rows =
        drilldown.reading(
            () ->
                new Drilldown(
                        flink.tableEnvironment(Mode.BACKFILL, 1),
                        catalog,
                        options,
                        drilldown.notes(spec.commandLine().getErr()))
                    .risk(places));
    print.print(List.of(found(rows)), spec.commandLine().getOut());
    return 0;
  }

  private FoundRows found(List<Map<String, Object>> rows) {
    List<String> columns = rows.isEmpty() ? List.of() : List.copyOf(rows.get(0).keySet());
    JsonMapper json = new JsonMapper();
    List<JsonNode> nodes = rows.stream().<JsonNode>map(json::valueToTree).toList();
    return new FoundRows("Risk events of " + drilldown.dest(), false, columns, nodes);
  }
}
