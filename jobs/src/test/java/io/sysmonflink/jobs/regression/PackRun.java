package io.sysmonflink.jobs.regression;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sysmonflink.jobs.oracle.Backfill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.FileUtils;

/**
 * One backfill with all detections, the bundled ones and the pack's, over the pack's events and the
 * bundled log, and a file that holds neither: made once for all tests.
 */
public final class PackRun {

  private static Backfill shared;

  private PackRun() {}

  /** The run, made by the first who asks. */
  static synchronized Backfill get() throws IOException {
    if (shared == null) {
      Path folder = Path.of("target", "pack").toAbsolutePath();
      FileUtils.deleteDirectory(folder.toFile());
      TestData.packEvents().inputIn(folder.resolve("in/pack"));
      TestData.logs().inputIn(folder.resolve("in/logs"));
      Files.writeString(folder.resolve("in/noise.log"), "<Event>no\n</Event>\n");
      List<String> more = new ArrayList<>(Backfill.between(TestData.packEvents().window()));
      more.addAll(List.of("--sql", TestData.packSql().toString(), "--parallelism", "2"));
      shared = Backfill.run(folder.resolve("in"), folder.resolve("out"), more);
    }
    return shared;
  }

  /** Rows of results by detection, without the bounds of the search. */
  public static Map<String, List<JsonNode>> byDetection(Collection<JsonNode> rows) {
    return rows.stream()
        .map(
            row -> ((ObjectNode) row.deepCopy()).without(List.of("info_min_time", "info_max_time")))
        .map(JsonNode.class::cast)
        .collect(groupingBy(row -> row.required("detection").textValue(), TreeMap::new, toList()));
  }
}
