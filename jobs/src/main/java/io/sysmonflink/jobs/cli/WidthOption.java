package io.sysmonflink.jobs.cli;

import picocli.CommandLine.Option;

/** {@code --width}: how many columns tables may take. */
final class WidthOption {

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "${env:COLUMNS:-0}",
      description =
          "Fit tables into so many columns, 0 for no limit; default: the terminal's width.")
  private int columns;

  /** The number of columns; 0 for no limit. */
  int columns() {
    return columns;
  }
}
