package io.sysmonflink.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sysmonflink.jobs.oracle.DetectionRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that a run has written below its output folder.
 *
 * @param lines the JSON lines of each folder in the order of their text, without the time of the
 *     run
 */
record WrittenOutput(SortedMap<String, List<JsonNode>> lines) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Reads every file, also those that a reader of results would take for unfinished. */
  static WrittenOutput in(Path folder) throws IOException {
    SortedMap<String, List<JsonNode>> lines = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(WrittenOutput::isWritten).toList()) {
        List<JsonNode> rows =
            lines.computeIfAbsent(
                folder.relativize(file.getParent()).toString(), name -> new ArrayList<>());
        for (String line : Files.readAllLines(file)) {
          ObjectNode row = (ObjectNode) MAPPER.readTree(line);
          row.remove("ingestion_time");
          rows.add(row);
        }
      }
    }
    lines.values().forEach(rows -> rows.sort(java.util.Comparator.comparing(JsonNode::toString)));
    return new WrittenOutput(lines);
  }

  List<DetectionRow> rows(String detection) {
    return lines.getOrDefault("detection_results/" + detection, List.of()).stream()
        .map(DetectionRow::of)
        .toList();
  }

  private static boolean isWritten(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".waiting-");
  }
}
