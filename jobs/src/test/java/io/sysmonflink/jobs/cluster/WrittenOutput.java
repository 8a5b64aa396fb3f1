package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that a run has written below its output folder, without the times of the run.
 *
 * @param lines the JSON lines of each folder in the order of their text
 * @param summary the run's {@code summary.json}
 */
record WrittenOutput(SortedMap<String, List<JsonNode>> lines, JsonNode summary) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SUMMARY = "summary.json";

  /** What two runs over the same files do not have in common. */
  private static final List<String> CLOCKS =
      List.of("ingestion_time", "began", "ended", "seconds", "search_seconds");

  /** Reads every file, also those that a reader of results would take for unfinished. */
  static WrittenOutput in(Path folder) throws IOException {
    SortedMap<String, List<JsonNode>> lines = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(WrittenOutput::isLines).toList()) {
        List<JsonNode> rows =
            lines.computeIfAbsent(
                folder.relativize(file.getParent()).toString(), name -> new ArrayList<>());
        for (String line : Files.readAllLines(file)) {
          rows.add(without(CLOCKS, MAPPER.readTree(line)));
        }
      }
    }
    lines.values().forEach(rows -> rows.sort(Comparator.comparing(JsonNode::toString)));
    JsonNode summary = MAPPER.readTree(Files.readString(folder.resolve(SUMMARY)));
    return new WrittenOutput(lines, without(CLOCKS, summary));
  }

  /**
   * Checks, by the rows and by the summary, that of the records read none is missing and none is
   * counted twice, and that there were some of every kind.
   */
  void assertAllRecordsAccountedFor() {
    long records = 0;
    long decoded = 0;
    long skipped = 0;
    long deadLetters = 0;
    for (JsonNode tally : folder("scan_summary")) {
      records += tally.required("records").longValue();
      decoded += tally.required("decoded").longValue();
      skipped += sum(tally.required("skipped"));
      deadLetters += sum(tally.required("dead_letters"));
    }
    assertThat(List.of(decoded, skipped, deadLetters)).allMatch(count -> count > 0);
    assertThat(decoded + skipped + deadLetters).isEqualTo(records);
    assertThat(folder("dead_letter")).hasSize((int) deadLetters);
    assertThat(summary.required("records").longValue()).isEqualTo(records);
    assertThat(summary.required("decoded").longValue()).isEqualTo(decoded);
    assertThat(sum(summary.required("skipped"))).isEqualTo(skipped);
    assertThat(sum(summary.required("dead_letters"))).isEqualTo(deadLetters);
  }

  private List<JsonNode> folder(String name) {
    return lines.getOrDefault(name, List.of());
  }

  private static long sum(JsonNode counts) {
    return counts.properties().stream().mapToLong(count -> count.getValue().longValue()).sum();
  }

  private static JsonNode without(List<String> fields, JsonNode json) {
    ((ObjectNode) json).remove(fields);
    return json;
  }

  private static boolean isLines(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file) && !name.equals(SUMMARY) && !GatedFileSystem.isMark(file);
  }
}
