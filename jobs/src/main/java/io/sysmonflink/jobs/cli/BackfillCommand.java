package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.DetectionPipeline;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.Mode;
import io.sysmonflink.jobs.pipeline.PipelineOptions;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import io.sysmonflink.jobs.report.OutputFolder;
import io.sysmonflink.jobs.report.Progress;
import io.sysmonflink.jobs.report.ResultsFormat;
import io.sysmonflink.jobs.report.ResultsReport;
import io.sysmonflink.jobs.report.RunSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.table.api.TableResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code detect backfill}: searches a bounded time range and ends. */
@Command(
    name = "backfill",
    description =
        "Searches a bounded time range of Sysmon logs, the last 14 days unless told otherwise, and ends.",
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
  private static final String FILES = "files";

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
      description =
          "The file in sources/ that says how to read: ${DEFAULT-VALUE} unless told otherwise.")
  private String source;

  @Option(
      names = "--days",
      paramLabel = "N",
      description =
          "Search so many days before --to, from the full hour: 14 unless told otherwise.")
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
      description = "Search events before this time: now unless told otherwise.")
  private Instant to;

  @Option(
      names = "--detection",
      paramLabel = "NAME",
      description = "Run this detection only; may be repeated. 'detect list' shows the names.")
  private List<String> detections = List.of();

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
              + " same folder replaces what was there. {date} in it stands for the last day searched. console"
              + " unless told otherwise.")
  private String output;

  @Option(
      names = "--sink",
      paramLabel = "NAME",
      defaultValue = FILES,
      description =
          "The folder in sinks/ that says how to write: ${DEFAULT-VALUE} unless told otherwise.")
  private String sink;

  @Option(
      names = "--format",
      paramLabel = "table|csv|json",
      description =
          "How results are printed to the console: as tables unless told otherwise. csv has the tables' columns, json a"
              + " line for each row with all columns that there are.")
  private ResultsFormat format;

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "${env:COLUMNS:-0}",
      description =
          "Fit tables into so many columns, 0 for no limit: the terminal's width unless told otherwise.")
  private int width;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Mixin private KafkaOptions kafka;

  @Mixin private CatalogOptions catalogOptions;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "Fill $${key} in the SQL files; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private FlinkOptions flink;

  @Override
  public Integer call() throws Exception {
    Catalog catalog = catalogOptions.load();
    Progress progress = new Progress(spec.commandLine().getErr(), isTerminal());
    progress.configure(flink.defaults());
    boolean console = output == null ? sink.equals(FILES) : output.equals(CONSOLE);
    if (console && !sink.equals(FILES)) {
      throw new UserError(
          "--output console shows what sink files writes: leave out --sink " + sink);
    }
    if (console && !flink.isEmbedded()) {
      throw new UserError(
          "--output console works where the job runs in this process: give --output URI");
    }
    if (!console && format != null) {
      throw new UserError("--format says how results are printed: it goes with --output console");
    }
    SearchWindow window = window(Instant.now());
    List<String> locations = InputLocations.of(inputs);
    try (OutputFolder folder = console ? OutputFolder.temporary() : outputFolder(window);
        progress) {
      PipelineOptions options =
          new PipelineOptions(
              Mode.BACKFILL,
              catalog.select(detections),
              source,
              sink,
              window,
              host(),
              locations,
              folder.location(),
              kafkaSettings(window),
              settings);
      DetectionPipeline.Assembled run =
          new DetectionPipeline(flink.tableEnvironment(Mode.BACKFILL), catalog, options).assemble();
      try (AutoCloseable claim = folder.claim()) {
        long started = System.nanoTime();
        TableResult job = run.statements().execute();
        if (!quiet && flink.isEmbedded()) {
          progress.start(InputLocations.size(locations));
        }
        job.await();
        progress.close();
        report(console, folder, run, window, Duration.ofNanos(System.nanoTime() - started));
      }
    }
    return 0;
  }

  private KafkaSettings kafkaSettings(SearchWindow window) {
    if (kafka.isRead() && source.equals(FILES)) {
      throw new UserError("--brokers and --topic go with --source kafka, not with files");
    }
    return kafka.settings(window, Optional.empty(), true, settings);
  }

  private void report(
      boolean console,
      OutputFolder folder,
      DetectionPipeline.Assembled run,
      SearchWindow window,
      Duration duration)
      throws IOException {
    if (console) {
      new ResultsReport(folder, format == null ? ResultsFormat.TABLE : format, width)
          .print(run.results(), spec.commandLine().getOut());
    }
    if (sink.equals(FILES)) {
      RunSummary summary = RunSummary.of(folder, run, window, duration);
      summary.print(spec.commandLine().getErr());
      folder.write(RunSummary.FILE, summary.json());
    }
  }

  /** The folder of --output, its {@code {date}} replaced by the last day of the window, in UTC. */
  private OutputFolder outputFolder(SearchWindow window) {
    String day = window.latest().minusMillis(1).toString().substring(0, 10);
    return OutputFolder.of(output == null ? null : output.replace("{date}", day));
  }

  private static boolean isTerminal() {
    return "1".equals(System.getenv("DETECT_TERMINAL"));
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
