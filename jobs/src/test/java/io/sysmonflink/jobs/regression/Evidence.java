package io.sysmonflink.jobs.regression;

import io.sysmonflink.jobs.oracle.DetectionRow;
import io.sysmonflink.jobs.oracle.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One folder of testdata: events, a window, and the rows that each detection must give; a detection
 * that {@code expected} does not name may give any.
 */
public record Evidence(
    String name, Path folder, Window window, Map<String, List<DetectionRow>> expected) {
  private static final Set<String> NO_EVENTS = Set.of("expected.jsonl", "case.properties");

  /** The rows of all detections named. */
  public List<DetectionRow> allExpected() {
    return expected.values().stream().flatMap(List::stream).toList();
  }

  /** Copies the event files, and nothing else, to a new folder: the input of a run. */
  public Path inputIn(Path scratch) {
    Path input = scratch.resolve("input");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!NO_EVENTS.contains(file.getFileName().toString())) {
          Path copy = input.resolve(folder.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return input;
  }

  @Override
  public String toString() {
    return name;
  }
}
