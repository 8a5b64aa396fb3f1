package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.check.Check;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import io.sysmonflink.jobs.report.Printable;
import io.sysmonflink.jobs.report.RunSummary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code detect check}: it reports what is wrong with the SQL and YAML files, and runs no job. */
@Command(
    name = "check",
    description =
        "Checks the SQL and YAML files without running a job, and prints a line for each fault:"
            + " file:line:column: what is wrong.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:no fault, or warnings only", "2:a fault, or the command line is wrong"},
    footerHeading = "%nExamples:%n",
    footer = {"  detect check --sql my-sql", "  detect check windows_abused_web_services"})
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description =
          "Check these detections only, and the files that all share; default: all."
              + " 'detect list' shows the names.")
  private List<String> names = List.of();

  @Mixin private CatalogOptions catalog;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description =
          "Fill $${key} in the SQL files, where a table cannot be declared without; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() {
    List<UserError> misplaced = new ArrayList<>();
    SqlFiles files = catalog.files(misplaced::add);
    Check.Report report = new Check(files, names, settings, kafka()).run();
    PrintWriter out = spec.commandLine().getOut();
    misplaced.forEach(error -> out.println(Printable.line(error.getMessage())));
    report
        .findings()
        .forEach(finding -> out.println(Printable.line(Secrets.hidden(finding.toString()))));
    long errors = report.errors() + misplaced.size();
    long warnings = report.findings().size() - report.errors();
    out.println(
        "%s, %s: %s"
            .formatted(
                RunSummary.plural(report.detections(), "detection"),
                RunSummary.plural(report.files(), "file"),
                errors + warnings == 0
                    ? "no fault found"
                    : RunSummary.plural(errors, "fault")
                        + ", "
                        + RunSummary.plural(warnings, "warning")));
    return errors == 0 ? ExitCode.OK : ExitCode.USAGE;
  }

  /** Kafka's options with their defaults; the check connects to nothing. */
  private KafkaSettings kafka() {
    return CommandLine.populateCommand(
            new KafkaOptions(), "--brokers", "localhost:9092", "--topic", "sysmon")
        .settings(SearchWindow.all(), Optional.empty(), false, settings);
  }
}
