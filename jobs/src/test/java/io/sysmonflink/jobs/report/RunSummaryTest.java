package io.sysmonflink.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.pipeline.DetectionPipeline;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSummaryTest {

  private static final Instant START = Instant.parse("2024-11-25T10:00:00Z");
  private static final SearchWindow WINDOW =
      new SearchWindow(START.minus(Duration.ofDays(14)), START);

  @TempDir private Path folder;

  @Test
  void theSearchTakesFromTheFirstByteReadToTheLastRowWritten() throws IOException {
    writtenAt(5_000, "scan_summary", "part-0", began(3_500));
    writtenAt(4_000, "scan_summary", "part-1", began(2_250), began(9_999));
    writtenAt(7_750, "risk_events", "part-0", "{}");
    writtenAt(9_000, "risk_events", ".unfinished", "{}");

    RunSummary summary = summary();

    assertThat(json(summary).get("search_seconds").doubleValue()).isEqualTo(5.5);
    StringWriter text = new StringWriter();
    summary.print(new PrintWriter(text));
    assertThat(text.toString()).contains(" in 60.0 s; 5.5 s from first byte to last row): ");
  }

  @Test
  void whereTheTalliesTellNoTimeTheSummaryDoesNot() throws IOException {
    writtenAt(5_000, "scan_summary", "part-0", "{\"records\":1}");

    JsonNode json = json(summary());

    assertThat(json.has("search_seconds")).isTrue();
    assertThat(json.get("search_seconds").isNull()).isTrue();
  }

  private RunSummary summary() throws IOException {
    return RunSummary.of(
        OutputFolder.of(folder.toString()),
        new DetectionPipeline.Assembled(null, List.of(), true),
        WINDOW,
        Duration.ofMinutes(1));
  }

  private static JsonNode json(RunSummary summary) throws IOException {
    return new ObjectMapper().readTree(summary.json());
  }

  private static String began(int millis) {
    return "{\"records\":1,\"began\":\"%s\"}".formatted(START.plusMillis(millis));
  }

  private void writtenAt(int millis, String output, String file, String... lines)
      throws IOException {
    Path path = Files.createDirectories(folder.resolve(output)).resolve(file);
    Files.write(path, List.of(lines));
    Files.setLastModifiedTime(path, FileTime.from(START.plusMillis(millis)));
  }
}
