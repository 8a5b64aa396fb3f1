package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.explain.ExplainReport;
import io.sysmonflink.jobs.explain.Explainer;
import io.sysmonflink.jobs.pipeline.Mode;
import io.sysmonflink.jobs.pipeline.RunOptions;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code detect explain}: why the detections match a record, or do not. */
@Command(
    name = "explain",
    description =
        "Shows for each record and each detection, condition by condition, what was compared and what failed.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  detect explain event.xml",
      "  detect explain logs/ --detection windows_abused_web_services --from 2024-11-11",
      "  grep paste.example.com events.ndjson | detect explain -"
    })
final class ExplainCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|-",
      description =
          "Files and folders with records of any shape that backfill reads, or - for standard input.")
  private List<String> inputs;

  @Mixin private DetectionsOption detections;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Search so many days before --to, from the full hour; default: any time.")
  private Integer days;

  @Option(
      names = "--from",
      paramLabel = "T",
      converter = TimeOption.class,
      description = "Search events from this time on.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "T",
      converter = TimeOption.class,
      description = "Search events before this time; default with --days: now.")
  private Instant to;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How records are printed; default: ${DEFAULT-VALUE}. json is a line for each.")
  private ExplainReport.Format format;

  @Mixin private CatalogOptions catalogOptions;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "Fill $${key} in the SQL files; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /** Records stay in their order. */
  private final FlinkOptions flink = FlinkOptions.ofParallelism(1);

  @Override
  public Integer call() throws Exception {
    Catalog catalog = catalogOptions.load();
    SearchWindow window = SearchRange.of(from, to, days, Instant.now());
    Path copied = inputs.contains(STANDARD_INPUT) ? copyOfStandardInput() : null;
    try {
      List<String> places =
          inputs.stream()
              .map(input -> input.equals(STANDARD_INPUT) ? copied.toString() : input)
              .toList();
      // Every named input must be explained, or the command fails.
      RunOptions options =
          RunOptions.builder(Mode.BACKFILL)
              .detections(detections.select(catalog))
              .source("files")
              .sinks("files")
              .window(window)
              .inputs(InputLocations.ofArguments(places))
              .settings(settings)
              .strict(true)
              .build();
      Explainer explainer =
          new Explainer(flink.tableEnvironment(Mode.BACKFILL, 1), catalog.files(), options);
      new ExplainReport(format, spec.commandLine().getOut(), spec.commandLine().getErr())
          .print(explainer);
    } finally {
      if (copied != null) {
        Files.deleteIfExists(copied);
      }
    }
    return 0;
  }

  // The source reads files, which it may cut and read again.
  private static Path copyOfStandardInput() {
    try {
      Path copy = Files.createTempFile("standard-input", ".log");
      Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException e) {
      throw new UserError("-: standard input cannot be read: " + Failure.reason(e), e);
    }
  }
}
