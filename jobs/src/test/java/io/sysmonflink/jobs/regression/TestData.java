package io.sysmonflink.jobs.regression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.oracle.DetectionRow;
import io.sysmonflink.jobs.oracle.Window;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What testdata/ holds, found by its folders: see testdata/README.md. */
public final class TestData {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Window NOVEMBER =
      new Window(Instant.parse("2024-11-01T00:00:00Z"), Instant.parse("2024-12-01T00:00:00Z"));
  private static final Window LOGS = Window.lastDays(14, Instant.parse("2024-11-25T00:00:00Z"));

  private TestData() {}

  /** Everything below testdata/ that has expected rows. */
  public static Stream<Evidence> all() {
    return Stream.of(detections(), shapes(), Stream.of(logs())).flatMap(found -> found);
  }

  /** Hits and near misses, one folder a detection. */
  public static Stream<Evidence> detections() {
    return folders(root().resolve("detections")).stream().map(TestData::detection);
  }

  /** The same events in one folder a shape. */
  public static Stream<Evidence> shapes() {
    Path shapes = root().resolve("shapes");
    Map<String, List<DetectionRow>> expected = rowsByFile(shapes.resolve("expected"));
    return folders(shapes).stream()
        .filter(folder -> !folder.endsWith("expected"))
        .map(folder -> new Evidence(label(folder), folder, NOVEMBER, shape(folder, expected)));
  }

  /** The rows of every shape, unless the folder has its own: it then tells all that come out. */
  private static Map<String, List<DetectionRow>> shape(
      Path folder, Map<String, List<DetectionRow>> ofEveryShape) {
    Path own = folder.resolve("expected.jsonl");
    if (!Files.exists(own)) {
      return ofEveryShape;
    }
    Map<String, List<DetectionRow>> rows = new TreeMap<>();
    for (String detection : ofEveryShape.keySet()) {
      rows.put(
          detection, rows(own).stream().filter(row -> row.detection().equals(detection)).toList());
    }
    return rows;
  }

  /** The log of the first run that the project's README shows. */
  public static Evidence logs() {
    Path folder = root().resolve("logs");
    return new Evidence("logs", folder, LOGS, rowsByFile(root().resolve("logs_expected")));
  }

  /** The folder for {@code --sql} with the pack of drop-in detections. */
  public static Path packSql() {
    return pack().resolve("sql");
  }

  /**
   * The hits and near misses of all detections of the pack, in the window of the bundled log. Their
   * rows are {@link #packRows}: each detection has columns of its own.
   */
  public static Evidence packEvents() {
    return new Evidence("pack", pack().resolve("detections"), LOGS, Map.of());
  }

  /** The rows that each detection of the pack must give of its hits, as written. */
  public static Map<String, List<JsonNode>> packRows() {
    Map<String, List<JsonNode>> rows = new TreeMap<>();
    for (Path folder : folders(pack().resolve("detections"))) {
      rows.put(folder.getFileName().toString(), lines(folder.resolve("expected.jsonl")));
    }
    return rows;
  }

  /** The rows that a detection of the pack must give of the bundled log. */
  public static List<JsonNode> packRowsOfLogs(String detection) {
    Path file = pack().resolve("logs_expected").resolve(detection + ".jsonl");
    return Files.exists(file) ? lines(file) : List.of();
  }

  /** A folder for {@code --sql} of the tuning guide. */
  public static Path tuningSql(String folder) {
    return root().resolve("tuning").resolve(folder);
  }

  private static Path pack() {
    return root().resolve("pack");
  }

  private static Evidence detection(Path folder) {
    String name = folder.getFileName().toString();
    Map<String, List<DetectionRow>> expected = Map.of(name, rows(folder.resolve("expected.jsonl")));
    return new Evidence(label(folder), folder, window(folder), expected);
  }

  private static Window window(Path folder) {
    Path file = folder.resolve("case.properties");
    if (!Files.exists(file)) {
      return NOVEMBER;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Window(
        Instant.parse(properties.getProperty("from", NOVEMBER.from().toString())),
        Instant.parse(properties.getProperty("to", NOVEMBER.to().toString())));
  }

  private static Map<String, List<DetectionRow>> rowsByFile(Path folder) {
    Map<String, List<DetectionRow>> rows = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        rows.put(file.getFileName().toString().replace(".jsonl", ""), rows(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static List<DetectionRow> rows(Path file) {
    return lines(file).stream().map(DetectionRow::of).toList();
  }

  private static List<JsonNode> lines(Path file) {
    List<JsonNode> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        lines.add(MAPPER.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static List<Path> folders(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String label(Path folder) {
    return folder.getParent().getFileName() + "/" + folder.getFileName();
  }

  private static Path root() {
    return ofProject("testdata");
  }

  /** Maven runs tests in the module's folder, an IDE perhaps in the project's. */
  static Path ofProject(String path) {
    Path here = Path.of(path);
    return Files.exists(here) ? here : Path.of("..", path);
  }
}
