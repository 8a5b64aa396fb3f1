package io.sysmonflink.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the module's command lines share. */
final class CommandLines {

  private CommandLines() {}

  /**
   * Runs a command; tells an error in one line.
   *
   * @return the exit status: 0 done, 1 failed, 2 the command line is wrong
   */
  static int run(Object command, String... args) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Show this help.")
                .build());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((error, arguments) -> fail(error.getCommandLine(), error, 2));
    line.setExecutionExceptionHandler((error, self, parsed) -> fail(self, error, 1));
    return line.execute(args);
  }

  private static int fail(CommandLine line, Exception error, int status) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    line.getErr().println(line.getCommandName() + ": " + message.strip());
    line.getErr().flush();
    return status;
  }
}
