package io.sysmonflink.jobs.cli;

import static io.sysmonflink.jobs.cli.BoundedRun.FILES;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.Drilldown;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.Mode;
import io.sysmonflink.jobs.pipeline.RunOptions;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import io.sysmonflink.jobs.report.FoundRows;
import io.sysmonflink.jobs.report.OutputFolder;
import io.sysmonflink.jobs.report.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code detect drilldown results}: the search that made a host's row, run again for that host. */
@Command(
    name = "results",
    description =
        "Runs the search that made a host's newest row again, over the same time range and for this host only.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  detect drilldown results --dest WIN-1.corp.example --results found --input logs/",
      "  detect drilldown results --dest WIN-1.corp.example --brokers localhost:9092 --topic sysmon",
      "",
      "The time range is that of the row, info_min_time to info_max_time, each detection's its own."
    })
final class DrilldownResultsCommand implements Callable<Integer> {

  private static final String KAFKA = "kafka";

  @Spec private CommandSpec spec;

  @Mixin private DrilldownOptions drilldown;

  @Mixin private DetectionsOption detections;

  @Option(
      names = "--input",
      arity = "1..*",
      paramLabel = "URI",
      description = "The logs to search again: files and folders. Without it, Kafka is searched.")
  private List<String> inputs = List.of();

  @Mixin private KafkaSourceOptions kafka;

  @Option(
      names = "--results-topic",
      paramLabel = "T",
      defaultValue = "detection_results",
      description = "The topic of results; default: ${DEFAULT-VALUE}.")
  private String resultsTopic;

  @Mixin private PrintOptions print;

  @Mixin private BoundedRun run;

  @Mixin private CatalogOptions catalogOptions;

  @Mixin private SqlSettings settings;

  @Mixin private FlinkOptions flink;

  @Override
  public Integer call() throws Exception {
    Catalog catalog = catalogOptions.load();
    List<Detection> asked = detections.select(catalog);
    if (inputs.isEmpty() != kafka.isRead()) {
      throw new UserError("give the logs to search again, either --input URI or --topic T");
    }
    List<String> locations = InputLocations.of(inputs);
    Map<String, SearchWindow> searches = searches(catalog);
    List<FoundRows> found = new ArrayList<>();
    int status = ExitCode.OK;
    for (SearchWindow window : searches.values().stream().distinct().toList()) {
      List<Detection> same =
          asked.stream()
              .filter(detection -> window.equals(searches.get(detection.name())))
              .toList();
      if (!same.isEmpty()) {
        status = Math.max(status, search(catalog, same, window, locations, found));
      }
    }
    if (found.isEmpty()) {
      String others =
          searches.isEmpty()
              ? ""
              : " by these detections, only by " + String.join(", ", searches.keySet());
      spec.commandLine()
          .getErr()
          .println(
              "detect: no result of " + Printable.line(drilldown.dest() + " was written" + others));
    }
    print.print(found, spec.commandLine().getOut());
    return status;
  }

  /** The time range of the search that made the host's newest row, by detection. */
  private Map<String, SearchWindow> searches(Catalog catalog) throws Exception {
    boolean files = drilldown.inFolders();
    if (!files && !kafka.isGiven()) {
      throw new UserError("give where results were written, either --results DIR or --brokers H:P");
    }
    List<Map<String, String>> places =
        files ? drilldown.places("detection_results", true) : List.of(Map.of());
    if (places.isEmpty()) {
      return Map.of();
    }
    Map<String, String> others = new LinkedHashMap<>(settings.values());
    KafkaSettings kafkaSettings = kafkaSettings(SearchWindow.all(), others);
    Map<String, String> values = new HashMap<>(kafkaSettings.values());
    values.put("results_topic", resultsTopic);
    RunOptions options =
        RunOptions.drilldown(files ? FILES : KAFKA, drilldown.dest())
            .kafka(new KafkaSettings(values, kafkaSettings.client(), Optional.empty()))
            .settings(others)
            .build();
    return drilldown.reading(
        () ->
            new Drilldown(
                    flink.tableEnvironment(Mode.BACKFILL, 1),
                    catalog,
                    options,
                    drilldown.notes(spec.commandLine().getErr()))
                .searches(places));
  }

  private int search(
      Catalog catalog,
      List<Detection> same,
      SearchWindow window,
      List<String> locations,
      List<FoundRows> found)
      throws Exception {
    spec.commandLine()
        .getErr()
        .println("detect: searching %s to %s".formatted(window.earliest(), window.latest()));
    Map<String, String> others = new LinkedHashMap<>(settings.values());
    KafkaSettings kafkaSettings = kafkaSettings(window, others);
    try (OutputFolder folder = OutputFolder.temporary()) {
      RunOptions options =
          RunOptions.builder(Mode.BACKFILL)
              .detections(same)
              .source(locations.isEmpty() ? KAFKA : FILES)
              .sinks(FILES)
              .window(window)
              .dest(Optional.of(drilldown.dest()))
              .inputs(locations)
              .output(folder.location())
              .kafka(kafkaSettings)
              .settings(others)
              .strict(run.isStrict())
              .build();
      return run.run(
          spec.commandLine(), flink, catalog, options, folder, Optional.of(found::addAll));
    }
  }

  private KafkaSettings kafkaSettings(SearchWindow window, Map<String, String> settings) {
    return kafka.settings(window, Optional.empty(), true, settings);
  }
}
