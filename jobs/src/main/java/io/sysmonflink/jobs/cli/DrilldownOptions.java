package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.report.OutputFolder;
import io.sysmonflink.jobs.report.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Whom a drilldown is about, and the folders that earlier runs wrote. */
final class DrilldownOptions {

  @Option(
      names = "--dest",
      paramLabel = "HOST",
      required = true,
      description = "The host, in any case of letters; * stands for any run of characters.")
  private String dest;

  @Option(
      names = "--results",
      arity = "1..*",
      paramLabel = "DIR",
      description =
          "Folders that detect backfill --output wrote. Without it, what detect live wrote to Kafka is read.")
  private List<String> folders = List.of();

  String dest() {
    if (dest.isBlank()) {
      throw new UserError("--dest: is empty");
    }
    return dest;
  }

  /** Whether folders were named. */
  boolean inFolders() {
    return !folders.isEmpty();
  }

  /** What shows a line about what is left out. */
  Consumer<String> notes(PrintWriter err) {
    return note -> err.println("detect: " + Printable.line(note));
  }

  /** A read of what lies in the folders. */
  interface Reading<T> {
    T read() throws Exception;
  }

  /**
   * Reads what lies in the folders, or in Kafka.
   *
   * @throws UserError if the folders hold what no run has written
   */
  <T> T reading(Reading<T> step) throws Exception {
    try {
      return step.read();
    } catch (UserError e) {
      throw new UserError(inFolders() ? named() + e.getMessage() : e.getMessage(), e);
    } catch (Exception e) {
      if (!inFolders()) {
        throw e;
      }
      throw new UserError(named() + "cannot be read: " + Failure.reason(e), e);
    }
  }

  private String named() {
    return "--results " + String.join(" ", folders) + ": ";
  }

  /**
   * Where an output lies, as values for the file that declares it.
   *
   * @param output the output's folder below that of a run
   * @param parts whether it has a folder for each detection
   * @throws UserError if a folder is none that a run wrote
   */
  List<Map<String, String>> places(String output, boolean parts) throws IOException {
    List<Map<String, String>> places = new ArrayList<>();
    for (String location : folders) {
      try (OutputFolder folder = OutputFolder.of("--results", location)) {
        if (!folder.exists(".")) {
          throw new UserError("--results " + location + ": there is no such folder");
        }
        if (!folder.exists(output)) {
          throw new UserError(
              "--results %s: holds no %s; it must be a folder that 'detect backfill --output' wrote"
                  .formatted(location, output));
        }
        Set<String> detections = parts ? new TreeSet<>(folder.folders(output)) : Set.of("");
        for (String detection : detections) {
          Map<String, String> place = new TreeMap<>();
          place.put("output", folder.location().orElseThrow());
          place.put("detection", detection);
          places.add(place);
        }
      }
    }
    return places;
  }
}
