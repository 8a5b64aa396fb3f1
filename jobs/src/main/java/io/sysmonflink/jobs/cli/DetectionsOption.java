package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.UserError;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --detection}: the detections that a command works on. */
final class DetectionsOption {

  @Option(
      names = "--detection",
      paramLabel = "NAME",
      description = "Only this detection; may be repeated. 'detect list' shows the names.")
  private List<String> names = List.of();

  /**
   * The named detections; all if none is named.
   *
   * @throws UserError if there is no such detection
   */
  List<Detection> select(Catalog catalog) {
    return catalog.select(names);
  }
}
