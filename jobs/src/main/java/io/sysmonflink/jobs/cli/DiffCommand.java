package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.diff.DiffJson;
import io.sysmonflink.jobs.diff.DiffTables;
import io.sysmonflink.jobs.diff.Differences;
import io.sysmonflink.jobs.diff.ExportComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code detect diff}: compares what Splunk found with what a run found. */
@Command(
    name = "diff",
    description =
        "Compares the results of a search in Splunk, exported as CSV, with those that backfill wrote.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeOnExecutionException = ExitCode.USAGE,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:no differences",
      "1:differences",
      "2:the command line is wrong, or a file cannot be read"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  detect diff windows_abused_web_services.csv found",
      "  detect diff export.csv found --detection NAME --time-zone Europe/Berlin"
    })
final class DiffCommand implements Callable<Integer> {

  private enum Format {
    TABLE,
    JSON
  }

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "EXPORT.csv",
      description =
          "What Splunk exported: a header, and a column for each by-field, count, firstTime and lastTime.")
  private Path export;

  @Parameters(
      index = "1",
      paramLabel = "OUTPUT",
      description =
          "The folder that 'detect backfill --output' wrote, or detection_results/NAME in it.")
  private String output;

  @Option(
      names = "--detection",
      paramLabel = "NAME",
      description =
          "The detection to compare. Needed where neither the export's name nor its columns show it.")
  private String detection;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      defaultValue = "Z",
      description =
          "The time zone of the Splunk user, in which Splunk prints times: Europe/Berlin, -05:00. Default: UTC.")
  private ZoneId zone;

  @Option(
      names = "--format",
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How to print it; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Mixin private WidthOption width;

  @Mixin private CatalogOptions catalog;

  @Override
  public Integer call() throws IOException {
    Differences differences =
        new ExportComparison(export, output, detection, zone, catalog.load()).run();
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      new DiffJson(differences).print(out);
    } else {
      new DiffTables(differences, width.columns()).print(out);
    }
    return differences.none() ? 0 : 1;
  }
}
