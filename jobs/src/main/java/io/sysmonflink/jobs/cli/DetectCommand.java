package io.sysmonflink.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.SqlErrors;
import io.sysmonflink.jobs.report.Printable;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.apache.flink.table.api.ValidationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code detect}: its commands, and how their failures are printed. */
@Command(
    name = "detect",
    description = "Runs detections over Windows Sysmon logs.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      BackfillCommand.class,
      LiveCommand.class,
      DrilldownCommand.class,
      DiffCommand.class,
      ListCommand.class,
      CheckCommand.class,
      ExplainCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:the job failed; of diff: there are differences",
      "2:the command line, an SQL or YAML file, or an export of Splunk is wrong; of live: it cannot write",
      "3:done, and all results are written, but not all could be read (--fail-on of backfill)"
    })
public final class DetectCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean verbose;

  /** See {@link io.sysmonflink.jobs.Detect#run}. */
  public static int run(PrintStream out, PrintStream err, String... args) {
    DetectCommand detect = new DetectCommand();
    CommandLine command =
        parser(detect)
            .setOut(new PrintWriter(new OutputStreamWriter(out, UTF_8), true))
            .setErr(new PrintWriter(new OutputStreamWriter(err, UTF_8), true))
            .setParameterExceptionHandler(DetectCommand::wrongCommandLine)
            .setExecutionExceptionHandler((e, failed, parsed) -> detect.failed(e, failed));
    try {
      return command.execute(args);
    } catch (Error e) { // picocli hands on exceptions only; too little memory, say, is an Error
      return detect.failed(e, command);
    }
  }

  /** What reads the command line, to be asked about one without running it. */
  public static CommandLine parser() {
    return parser(new DetectCommand());
  }

  private static CommandLine parser(DetectCommand detect) {
    return new CommandLine(detect)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: " + String.join(" or ", spec.subcommands().keySet()));
  }

  private static int wrongCommandLine(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("detect: " + Printable.line(e.getMessage()));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  private int failed(Throwable e, CommandLine command) {
    PrintWriter err = command.getErr();
    // Flink looks at some settings of a table only when it plans the job.
    boolean mistake = e instanceof UserError || e instanceof ValidationException;
    String message =
        e instanceof UserError
            ? e.getMessage()
            : mistake ? SqlErrors.text(e) : "the job failed: " + Failure.reason(e);
    err.println("detect: " + Printable.line(Secrets.hidden(message)));
    if (verbose) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      err.print(Secrets.hidden(trace.toString()));
      err.flush();
    }
    return mistake ? ExitCode.USAGE : command.getCommandSpec().exitCodeOnExecutionException();
  }
}
