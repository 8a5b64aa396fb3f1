package io.sysmonflink.jobs.cli;

import static io.sysmonflink.jobs.cli.BoundedRun.FILES;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.Mode;
import io.sysmonflink.jobs.pipeline.RunOptions;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import io.sysmonflink.jobs.report.OutputFolder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code detect backfill}: searches a bounded time range and ends. */
@Command(
    name = "backfill",
    description =
        "Searches a bounded time range of Sysmon logs, by default the last 14 days, and ends.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  detect backfill --input ngrok.log --from 2022-09-28 --to 2022-09-30",
      "  detect backfill --input logs/ archive/*.xml.gz --days 30 --output found",
      "  detect backfill --source kafka --brokers localhost:9092 --topic sysmon --output found",
      "  detect backfill --input logs/ --detection windows_abused_web_services --dest 'WIN-*'",
      "",
      "A time T is ISO-8601: 2024-09-30T18:00:00Z, 2024-09-30T18:00:00+02:00, a date, or a date and",
      "time without a zone; these two are taken as UTC."
    })
final class BackfillCommand implements Callable<Integer> {

  private static final int DEFAULT_DAYS = 14;
  private static final String CONSOLE = "console";

  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      arity = "1..*",
      paramLabel = "URI",
      description =
          "Files and folders to read (folders in depth), local or on any file system that Flink knows.")
  private List<String> inputs = List.of();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = FILES,
      description = "The file in sources/ that says how to read; default: ${DEFAULT-VALUE}.")
  private String source;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Search so many days before --to, from the full hour; default: 14.")
  private Integer days;

  @Option(
      names = "--from",
      paramLabel = "T",
      converter = TimeOption.class,
      description = "Search events from this time on, instead of --days.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "T",
      converter = TimeOption.class,
      description = "Search events before this time; default: now.")
  private Instant to;

  @Mixin private DetectionsOption detections;

  @Option(
      names = "--dest",
      paramLabel = "HOST",
      description =
          "Keep only results of this host, in any case of letters; * stands for any run of characters.")
  private String dest;

  @Option(
      names = "--output",
      paramLabel = "console|URI",
      description =
          "Where results go: as tables to standard output, or as JSON lines to a folder. Running again over the"
              + " same folder replaces what was there. {date} in it stands for the last day searched. Default:"
              + " console.")
  private String output;

  @Option(
      names = "--sink",
      paramLabel = "NAME",
      defaultValue = FILES,
      description = "The folder in sinks/ that says how to write; default: ${DEFAULT-VALUE}.")
  private String sink;

  @Mixin private PrintOptions print;

  @Mixin private BoundedRun run;

  @Mixin private KafkaOptions kafka;

  @Mixin private CatalogOptions catalogOptions;

  @Mixin private SqlSettings settings;

  @Mixin private FlinkOptions flink;

  @Override
  public Integer call() throws Exception {
    Catalog catalog = catalogOptions.load();
    boolean console = output == null ? sink.equals(FILES) : output.equals(CONSOLE);
    if (console && !sink.equals(FILES)) {
      throw new UserError(
          "--output console shows what sink files writes: leave out --sink " + sink);
    }
    if (console && !flink.isEmbedded()) {
      throw new UserError(
          "--output console works where the job runs in this process: give --output URI");
    }
    if (!console && print.isGiven()) {
      throw new UserError("--format says how results are printed: it goes with --output console");
    }
    SearchWindow window = window(Instant.now());
    List<String> locations = InputLocations.of(inputs);
    try (OutputFolder folder = console ? OutputFolder.temporary() : outputFolder(window)) {
      if (!console) {
        folder.location().ifPresent(out -> InputLocations.checkApart(locations, out));
      }
      RunOptions options =
          RunOptions.builder(Mode.BACKFILL)
              .detections(detections.select(catalog))
              .source(source)
              .sinks(sink)
              .window(window)
              .dest(host())
              .inputs(locations)
              .output(folder.location())
              .kafka(kafkaSettings(window))
              .settings(settings.values())
              .strict(run.isStrict())
              .build();
      return run.run(
          spec.commandLine(),
          flink,
          catalog,
          options,
          folder,
          console
              ? Optional.of(found -> print.print(found, spec.commandLine().getOut()))
              : Optional.empty());
    }
  }

  private KafkaSettings kafkaSettings(SearchWindow window) {
    if (kafka.isRead() && source.equals(FILES)) {
      throw new UserError("--brokers and --topic go with --source kafka, not with files");
    }
    return kafka.settings(window, Optional.empty(), true, settings.values());
  }

  /** The folder of --output, its {@code {date}} replaced by the last day of the window, in UTC. */
  private OutputFolder outputFolder(SearchWindow window) {
    String day = window.latest().minusMillis(1).toString().substring(0, 10);
    return OutputFolder.of(output == null ? null : output.replace("{date}", day));
  }

  private SearchWindow window(Instant now) {
    boolean open = from == null && days == null;
    return SearchRange.of(
        from, to == null ? now : to, open ? Integer.valueOf(DEFAULT_DAYS) : days, now);
  }

  private Optional<String> host() {
    if (dest != null && dest.isBlank()) {
      throw new UserError("--dest: is empty");
    }
    return Optional.ofNullable(dest);
  }
}
