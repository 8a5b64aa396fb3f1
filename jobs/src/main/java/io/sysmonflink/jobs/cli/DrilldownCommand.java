package io.sysmonflink.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code detect drilldown}: the searches an analyst runs next, from a result. */
@Command(
    name = "drilldown",
    description = "Runs the searches that an analyst runs next, from a result of a host.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {DrilldownResultsCommand.class, DrilldownRiskCommand.class})
final class DrilldownCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: " + String.join(" or ", spec.subcommands().keySet()));
  }
}
