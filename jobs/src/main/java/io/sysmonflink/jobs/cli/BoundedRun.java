package io.sysmonflink.jobs.cli;

import io.sysmonflink.files.FileListing;
import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.DetectionPipeline;
import io.sysmonflink.jobs.pipeline.Mode;
import io.sysmonflink.jobs.pipeline.RunOptions;
import io.sysmonflink.jobs.pipeline.SqlErrors;
import io.sysmonflink.jobs.report.FailOn;
import io.sysmonflink.jobs.report.FoundRows;
import io.sysmonflink.jobs.report.OutputClaim;
import io.sysmonflink.jobs.report.OutputFolder;
import io.sysmonflink.jobs.report.Printable;
import io.sysmonflink.jobs.report.Progress;
import io.sysmonflink.jobs.report.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.TableResult;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Runs the detections over a bounded time range and shows what they found. */
final class BoundedRun {

  /** Takes the rows that were found. */
  interface Console {
    void show(List<FoundRows> found) throws IOException;
  }

  /** The set of sinks whose output can be read again, for the console and for the summary. */
  static final String FILES = "files";

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      converter = FailOnOption.class,
      description =
          "What of all that could not be read makes the exit status 3, with commas between: no-events (the input"
              + " has bytes, but no record is a Windows event), unreadable-file (nothing in a file is readable,"
              + " or not all of it), changed-file (one was cut, replaced or deleted while the job ran), dead-letters=N%% (more than N"
              + " percent of the records are dead letters), unfilled (events lack what a search needs), or none."
              + " Default: no-events,unreadable-file,changed-file.")
  private FailOn failOn;

  @Option(
      names = "--strict",
      description =
          "End with exit status 1 at the first file that cannot be read, or that changes while the job runs; else"
              + " the others are read, and the exit status is 3.")
  private boolean strict;

  /** Whether a file that cannot be read ends the run. */
  boolean isStrict() {
    return strict;
  }

  /**
   * Runs them to the end, and writes the summary where the sinks are {@code files}.
   *
   * @param folder where {@code options} has results go
   * @param console if present, takes the results
   * @return the exit status
   */
  int run(
      CommandLine command,
      FlinkOptions flink,
      Catalog catalog,
      RunOptions options,
      OutputFolder folder,
      Optional<Console> console)
      throws Exception {
    PrintWriter err = command.getErr();
    if (failOn != null && !options.sinks().equals(FILES)) {
      throw new UserError(
          "--fail-on: only sink files shows what could not be read, not " + options.sinks());
    }
    try (flink;
        Progress progress = new Progress(err, isTerminal())) {
      DetectionPipeline.Assembled run =
          new DetectionPipeline(
                  flink.startedTableEnvironment(
                      Mode.BACKFILL, options.detections().size(), progress.configuration()),
                  catalog,
                  options)
              .assemble();
      try (OutputClaim claim = folder.claim(flink.isEmbedded()).orElse(null)) {
        long started = System.nanoTime();
        SubmittedJob job = new SubmittedJob(submitted(run, options));
        if (!job.canBeAwaited()) {
          err.println(
              "detect: running, job %s; started so, Flink does not report its end: no summary is written"
                  .formatted(job.id()));
          if (claim != null) {
            claim.leaveToJob();
          }
          return ExitCode.OK;
        }
        if (flink.isEmbedded()) {
          FileListing listing = InputLocations.listing(options.inputs());
          noteRepeated(listing, err);
          if (!quiet) {
            progress.start(listing.bytes());
          }
        }
        try {
          job.await();
        } catch (Exception e) {
          progress.close();
          if (claim != null) {
            claim.failed();
          }
          throw FullDisk.explained(e, folder.location(), flink);
        }
        progress.close();
        Duration duration = Duration.ofNanos(System.nanoTime() - started);
        if (console.isPresent()) {
          console.get().show(FoundRows.in(folder, run.results()));
        }
        if (options.sinks().equals(FILES)) {
          return summarize(
              RunSummary.of(
                  folder,
                  run,
                  options.window(),
                  duration,
                  failOn == null ? FailOn.DEFAULT : failOn),
              folder,
              err);
        }
        return ExitCode.OK;
      }
    }
  }

  private static TableResult submitted(DetectionPipeline.Assembled run, RunOptions options) {
    try {
      return run.statements().execute();
    } catch (RuntimeException | StackOverflowError e) {
      if (SqlErrors.isTooDeep(e)) {
        throw SqlErrors.tooDeep(options.detections(), e);
      }
      throw e;
    }
  }

  private static void noteRepeated(FileListing listing, PrintWriter err) {
    List<?> repeated = listing.repeated();
    if (!repeated.isEmpty()) {
      err.println(
          Printable.line(
              "detect: read once: %s that --input or a link leads to again; the first is %s"
                  .formatted(RunSummary.plural(repeated.size(), "name"), repeated.get(0))));
    }
  }

  // All that was found is written and shown before the status says that there may be more.
  private static int summarize(RunSummary summary, OutputFolder folder, PrintWriter err)
      throws IOException {
    summary.print(err);
    folder.write(RunSummary.FILE, summary.json());
    Optional<String> failure = summary.failure();
    failure.ifPresent(
        reason ->
            err.println(
                "detect: done, but not all could be read: %s: exit status %d (--fail-on rules that)"
                    .formatted(reason, FailOn.STATUS)));
    return failure.isPresent() ? FailOn.STATUS : ExitCode.OK;
  }

  private static boolean isTerminal() {
    return "1".equals(System.getenv("DETECT_TERMINAL"));
  }
}
