package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.pipeline.DetectionPipeline;
import io.sysmonflink.jobs.pipeline.Mode;
import io.sysmonflink.jobs.pipeline.PipelineOptions;
import io.sysmonflink.jobs.report.FoundRows;
import io.sysmonflink.jobs.report.OutputFolder;
import io.sysmonflink.jobs.report.Progress;
import io.sysmonflink.jobs.report.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Runs the detections over a bounded time range and tells what they found. */
final class BoundedRun {

  /** Takes the rows that were found. */
  interface Console {
    void show(List<FoundRows> found) throws IOException;
  }

  /** The set of sinks whose output can be read again, for the console and for the summary. */
  static final String FILES = "files";

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  /**
   * Runs them to the end, and writes the summary where the sinks are {@code files}.
   *
   * @param folder where {@code options} has results go
   * @param console if present, takes the results
   */
  void run(
      CommandLine command,
      FlinkOptions flink,
      Catalog catalog,
      PipelineOptions options,
      OutputFolder folder,
      Optional<Console> console)
      throws Exception {
    PrintWriter err = command.getErr();
    try (flink;
        Progress progress = new Progress(err, isTerminal())) {
      DetectionPipeline.Assembled run =
          new DetectionPipeline(
                  flink.startedTableEnvironment(
                      Mode.BACKFILL, options.detections().size(), progress.configuration()),
                  catalog,
                  options)
              .assemble();
      try (AutoCloseable claim = folder.claim()) {
        long started = System.nanoTime();
        SubmittedJob job = new SubmittedJob(run.statements().execute());
        if (!job.canBeAwaited()) {
          err.println(
              "detect: running, job %s; started so, Flink does not tell of its end: no summary is written"
                  .formatted(job.id()));
          return;
        }
        if (!quiet && flink.isEmbedded()) {
          progress.start(InputLocations.size(options.inputs()));
        }
        job.await();
        progress.close();
        Duration duration = Duration.ofNanos(System.nanoTime() - started);
        if (console.isPresent()) {
          console.get().show(FoundRows.in(folder, run.results()));
        }
        if (options.sinks().equals(FILES)) {
          RunSummary summary = RunSummary.of(folder, run, options.window(), duration);
          summary.print(err);
          folder.write(RunSummary.FILE, summary.json());
        }
      }
    }
  }

  private static boolean isTerminal() {
    return "1".equals(System.getenv("DETECT_TERMINAL"));
  }
}
