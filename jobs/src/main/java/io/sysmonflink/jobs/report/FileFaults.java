package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a run that could not be read to their end, and those that were not the same when
 * they were read as when they were listed. A dead letter names each, and says why.
 */
final class FileFaults {

  private static final int MAX_PRINTED = 10;
  private static final int MAX_LISTED = 1_000;

  /** The error types of these dead letters. */
  private enum Kind {
    UNREADABLE("unreadable_file"),
    CHANGED("changed_file");

    private final String errorType;

    Kind(String errorType) {
      this.errorType = errorType;
    }
  }

  private record Fault(long position, String message) {}

  /** By kind and source, the first fault. */
  private final Map<Kind, SortedMap<String, Fault>> faults =
      Map.of(Kind.UNREADABLE, new TreeMap<>(), Kind.CHANGED, new TreeMap<>());

  /** By source, bytes that were added after the listing. */
  private final SortedMap<String, Long> appended = new TreeMap<>();

  private FileFaults() {}

  /** Finds them in a run's output. */
  static FileFaults of(OutputFolder folder) throws IOException {
    FileFaults found = new FileFaults();
    long[] reported = new long[1];
    folder.forEachRow(
        "scan_summary",
        tally -> {
          reported[0] += in(tally);
          long bytes = tally.path("appended").asLong();
          if (bytes > 0) {
            found.appended.merge(tally.path("source").asText(), bytes, Long::sum);
          }
        });
    if (reported[0] > 0) {
      folder.forEachRow("dead_letter", found::add);
    }
    return found;
  }

  /** How many dead letters of a tally are about a file, and not about a record. */
  static long in(JsonNode tally) {
    long count = 0;
    for (Kind kind : Kind.values()) {
      count += tally.path("dead_letters").path(kind.errorType).asLong();
    }
    return count;
  }

  private void add(JsonNode deadLetter) {
    String type = deadLetter.path("error_type").asText();
    for (Kind kind : Kind.values()) {
      if (kind.errorType.equals(type)) {
        Fault fault =
            new Fault(
                deadLetter.path("position").asLong(), deadLetter.path("error_message").asText());
        faults
            .get(kind)
            .merge(
                deadLetter.path("source").asText(),
                fault,
                (a, b) -> a.position <= b.position ? a : b);
      }
    }
  }

  /** How many files could not be read to their end. */
  int unreadable() {
    return faults.get(Kind.UNREADABLE).size();
  }

  /** How many files changed. */
  int changed() {
    return faults.get(Kind.CHANGED).size();
  }

  /** A line for each of the first files of a kind, and one for the rest. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    addLines("not all of %s was read: %s", Kind.UNREADABLE, lines);
    addLines("%s changed: %s", Kind.CHANGED, lines);
    if (!appended.isEmpty()) {
      lines.add(
          "appended after the listing, and left to the next run: %s in %s, the first %s"
              .formatted(
                  RunSummary.plural(appendedBytes(), "byte"),
                  RunSummary.plural(appended.size(), "file"),
                  appended.firstKey()));
    }
    return lines;
  }

  private void addLines(String line, Kind kind, List<String> lines) {
    SortedMap<String, Fault> files = faults.get(kind);
    files.entrySet().stream()
        .limit(MAX_PRINTED)
        .forEach(file -> lines.add(line.formatted(file.getKey(), file.getValue().message)));
    if (files.size() > MAX_PRINTED) {
      lines.add("and so %s more".formatted(RunSummary.plural(files.size() - MAX_PRINTED, "file")));
    }
  }

  /** Those that could not be read, for programs. */
  List<Map<String, Object>> unreadableJson() {
    return json(Kind.UNREADABLE);
  }

  /** Those that changed, for programs. */
  List<Map<String, Object>> changedJson() {
    return json(Kind.CHANGED);
  }

  private List<Map<String, Object>> json(Kind kind) {
    return faults.get(kind).entrySet().stream()
        .limit(MAX_LISTED)
        .map(
            file -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("source", file.getKey());
              json.put("why", file.getValue().message);
              return json;
            })
        .toList();
  }

  /** All bytes that were added to files after they were listed, and not read. */
  long appendedBytes() {
    return appended.values().stream().mapToLong(Long::longValue).sum();
  }
}
