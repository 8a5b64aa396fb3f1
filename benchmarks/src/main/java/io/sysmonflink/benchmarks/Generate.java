package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a log: the same events as windows_xml.xml, winlogbeat.ndjson and nxlog.ndjson. */
@Command(
    name = "generate",
    description =
        "Writes Sysmon logs, the same events in every shape. The same seed gives the same bytes.")
final class Generate implements Callable<Integer> {

  @Option(
      names = "--log",
      defaultValue = "mixed",
      description = "mixed: one event in ten has id 22; dns: all have. (${DEFAULT-VALUE})")
  private SysmonLog.Kind kind;

  @Option(
      names = "--size",
      defaultValue = "1g",
      converter = Size.Converter.class,
      description = "Of the XML; the other shapes hold as many events. (${DEFAULT-VALUE})")
  private Size size;

  @Option(names = "--seed", defaultValue = "22", description = "(${DEFAULT-VALUE})")
  private long seed;

  @Parameters(paramLabel = "DIR", description = "Where to write the files.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    new LogFiles(folder, kind, size.bytes(), seed).write();
    return 0;
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new Generate(), args));
  }
}
