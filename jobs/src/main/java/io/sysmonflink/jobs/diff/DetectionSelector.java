package io.sysmonflink.jobs.diff;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.report.OutputFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the detection with which an export is compared. */
final class DetectionSelector {

  private final OutputFolder folder;
  private final String output;
  private final SortedSet<String> folders;
  private final SortedSet<String> names;

  /**
   * Looks into what a run wrote.
   *
   * @param output how the user calls the folder
   * @param known the names of all detections there are
   */
  DetectionSelector(OutputFolder folder, String output, Collection<String> known) {
    this.folder = folder;
    this.output = output;
    try {
      folders = new TreeSet<>(folder.folders("detection_results"));
      if (folders.isEmpty() && !folder.exists("scan_summary")) {
        throw new UserError(
            output
                + ": expected a folder that detect backfill --output wrote, and found no results");
      }
    } catch (IOException e) {
      throw new UserError(output + ": cannot be read: " + e.getMessage(), e);
    }
    names = new TreeSet<>(folders);
    names.addAll(known);
  }

  /**
   * The detection that the user names; else the one that the export's name has in it; else the only
   * one with results; else the only one with results whose by-fields the export has.
   *
   * @param asked the detection that the user names, or null
   * @throws UserError if there is no such detection, or more than one that it may be
   */
  String choose(String asked, Path export, List<String> header) {
    if (asked != null) {
      if (!names.contains(asked)) {
        throw new UserError(
            "--detection %s: no such detection; there are %s"
                .formatted(asked, String.join(", ", names)));
      }
      return asked;
    }
    List<String> named = namedIn(export);
    if (named.size() == 1) {
      return named.get(0);
    }
    SortedMap<String, List<String>> found = new TreeMap<>();
    for (String name : folders) {
      List<String> byFields = RunResults.byFields(folder, name);
      if (!byFields.isEmpty()) {
        found.put(name, byFields);
      }
    }
    if (found.size() > 1) {
      SortedMap<String, List<String>> fitting = new TreeMap<>(found);
      fitting.values().removeIf(byFields -> !header.containsAll(byFields));
      found = fitting.size() == 1 ? fitting : found;
    }
    if (found.size() != 1) {
      throw new UserError(
          "%s: has results of %s: give --detection NAME"
              .formatted(
                  output, found.isEmpty() ? "no detection" : String.join(", ", found.keySet())));
    }
    return found.firstKey();
  }

  // Of names that contain each other, the longest.
  private List<String> namedIn(Path export) {
    String text =
        export.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    List<String> named = new ArrayList<>();
    for (String name : names) {
      if (text.contains(name.toLowerCase(Locale.ROOT))) {
        named.add(name);
      }
    }
    return named.stream()
        .filter(
            name -> named.stream().noneMatch(other -> !other.equals(name) && other.contains(name)))
        .toList();
  }
}
