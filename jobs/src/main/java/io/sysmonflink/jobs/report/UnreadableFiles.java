package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a run in which no record was readable as a Windows event, with the first bytes that
 * were seen in each: most often they show what the file is instead.
 */
final class UnreadableFiles {

  private static final int MAX_PRINTED = 10;
  private static final int MAX_LISTED = 1_000;

  /** By source: the dead letters of a file that has nothing else. */
  private final Map<String, Long> deadLetters = new TreeMap<>();

  private final Map<String, Seen> firstBytes = new LinkedHashMap<>();

  private record Seen(long position, String text) {}

  private UnreadableFiles() {}

  /** Finds them in a run's output. */
  static UnreadableFiles of(OutputFolder folder) throws IOException {
    Map<String, Long> readable = new TreeMap<>();
    UnreadableFiles files = new UnreadableFiles();
    folder.forEachRow(
        "scan_summary",
        tally -> {
          String source = tally.path("source").asText();
          long dead = ScanTotals.sum(tally.path("dead_letters"));
          readable.merge(source, tally.path("records").asLong() - dead, Long::sum);
          // A dead letter about the file itself is no unreadable record.
          files.deadLetters.merge(source, dead - FileFaults.in(tally), Long::sum);
        });
    files
        .deadLetters
        .entrySet()
        .removeIf(file -> file.getValue() == 0 || readable.get(file.getKey()) > 0);
    if (!files.deadLetters.isEmpty()) {
      folder.forEachRow("dead_letter", files::look);
    }
    return files;
  }

  private void look(JsonNode deadLetter) {
    String source = deadLetter.path("source").asText();
    if (!deadLetters.containsKey(source)) {
      return;
    }
    long position = deadLetter.path("position").asLong();
    Seen known = firstBytes.get(source);
    if (known == null ? firstBytes.size() < MAX_LISTED : position < known.position()) {
      try {
        byte[] payload = deadLetter.path("raw_payload").binaryValue();
        if (payload != null) {
          firstBytes.put(source, new Seen(position, FirstBytes.describe(payload)));
        }
      } catch (IOException e) {
        // A sink of the user's own, which writes something else there.
      }
    }
  }

  /** How many there are. */
  int count() {
    return deadLetters.size();
  }

  /** A line for each of the first files, and one for the rest. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (var file : deadLetters.entrySet()) {
      if (lines.size() == MAX_PRINTED) {
        lines.add(
            "and so in %s more"
                .formatted(RunSummary.plural(deadLetters.size() - MAX_PRINTED, "file")));
        break;
      }
      Seen seen = firstBytes.get(file.getKey());
      lines.add(
          "nothing readable as a Windows event in %s: %s%s"
              .formatted(
                  file.getKey(),
                  RunSummary.plural(file.getValue(), "dead letter"),
                  seen == null ? "" : "; the first begins with " + seen.text()));
    }
    return lines;
  }

  /** The same for programs. */
  List<Map<String, Object>> json() {
    List<Map<String, Object>> json = new ArrayList<>();
    for (var file : deadLetters.entrySet()) {
      if (json.size() == MAX_LISTED) {
        break;
      }
      Seen seen = firstBytes.get(file.getKey());
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("source", file.getKey());
      entry.put("dead_letters", file.getValue());
      entry.put("begins_with", seen == null ? null : seen.text());
      json.add(entry);
    }
    return json;
  }
}
