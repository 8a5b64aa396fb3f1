package io.sysmonflink.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.pipeline.DetectionResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoundRowsTest {

  @TempDir private Path folder;

  /** Which of its tasks writes which row into which file changes from run to run. */
  @Test
  void rowsComeNewestFirstHoweverTasksWroteThem() throws IOException {
    assertThat(images(List.of("late", "b"), List.of("a", "early")))
        .isEqualTo(images(List.of("early", "a"), List.of("b", "late")))
        .containsExactly("late", "a", "b", "early");
  }

  private List<String> images(List<String> ofTask0, List<String> ofTask1) throws IOException {
    Detection detection = Catalog.load(SqlFiles.bundled()).select(List.of()).get(0);
    Path results =
        Files.createDirectories(folder.resolve("detection_results").resolve(detection.name()));
    Files.write(results.resolve("part-0"), ofTask0.stream().map(FoundRowsTest::row).toList());
    Files.write(results.resolve("part-1"), ofTask1.stream().map(FoundRowsTest::row).toList());
    DetectionResults columns =
        new DetectionResults(
            detection,
            "view",
            ResolvedSchema.of(Column.physical("Image", DataTypes.STRING())),
            Optional.empty(),
            List.of());
    return FoundRows.in(OutputFolder.of(folder.toString()), List.of(columns)).get(0).rows().stream()
        .map(row -> row.get("Image").asText())
        .toList();
  }

  private static String row(String image) {
    int second = image.equals("early") ? 0 : image.equals("late") ? 2 : 1;
    return "{\"Image\":\"%s\",\"last_seen\":\"2024-11-25T10:00:0%dZ\"}".formatted(image, second);
  }
}
