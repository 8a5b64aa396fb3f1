package io.sysmonflink.jobs.diff;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.report.OutputFolder;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * A comparison to make.
 *
 * @param export the CSV file that Splunk exported
 * @param output the folder that {@code detect backfill --output} wrote, on any file system that
 *     Flink knows, or {@code detection_results/NAME} in it
 * @param detection the detection's name, or null: then it is found out
 * @param zone the time zone in which Splunk printed the times
 * @param catalog all detections there are
 */
public record ExportComparison(
    Path export, String output, String detection, ZoneId zone, Catalog catalog) {

  private static final String RESULTS = "detection_results";

  /**
   * Makes it.
   *
   * @throws UserError if the export or the output cannot be read, or it is not clear which
   *     detection is meant
   */
  public Differences run() {
    try (CsvFile csv = CsvFile.open(export)) {
      String root = output;
      String asked = detection;
      // As a path of Flink's, which may be a URI.
      org.apache.flink.core.fs.Path place = place(output);
      org.apache.flink.core.fs.Path parent = place.getParent();
      if (place.getName().equals(RESULTS)) {
        root = parent.toString();
      } else if (parent != null && parent.getName().equals(RESULTS)) {
        root = parent.getParent().toString();
        if (asked != null && !asked.equals(place.getName())) {
          throw new UserError(
              "--detection %s: the output is of %s".formatted(asked, place.getName()));
        }
        asked = place.getName();
      }
      try (OutputFolder folder = OutputFolder.of(root)) {
        List<String> names = catalog.detections().stream().map(Detection::name).toList();
        String name =
            new DetectionSelector(folder, output, names).choose(asked, export, csv.header());
        return Differences.of(searched(name), csv, folder, zone);
      }
    }
  }

  private static org.apache.flink.core.fs.Path place(String output) {
    try (OutputFolder folder = OutputFolder.of(output)) {
      return new org.apache.flink.core.fs.Path(folder.location().orElseThrow());
    } catch (IllegalArgumentException e) { // also of java.nio: InvalidPathException
      throw new UserError(output + ": is not a folder's name: " + e.getMessage(), e);
    }
  }

  // Of a detection whose SQL is not at hand, any by-field may be matched as a path.
  private SearchedDetection searched(String name) {
    return catalog.detections().stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .map(SearchedDetection::of)
        .orElse(new SearchedDetection(name, true));
  }
}
