package io.sysmonflink.jobs.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.Detect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One backfill by the job's command line, and what it wrote. */
public final class Backfill {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path output;
  private final String log;

  private Backfill(Path output, String log) {
    this.output = output;
    this.log = log;
  }

  /** Arguments of a run over exactly this window. */
  public static List<String> between(Window window) {
    return List.of("--from", window.from().toString(), "--to", window.to().toString());
  }

  /**
   * Arguments of a run that reads its files in such splits and blocks: the source's SQL as shipped,
   * with these two options more.
   *
   * @param sql where the changed SQL goes
   */
  static List<String> reading(Path sql, int splitBytes, int blockBytes) throws IOException {
    String shipped;
    try (InputStream in = Backfill.class.getResourceAsStream("/sql/sources/files.sql")) {
      shipped = new String(in.readAllBytes(), UTF_8);
    }
    String changed =
        shipped.replaceFirst(
            "(?m)^\\) WITH \\($",
            ") WITH ('split-size' = '%db', 'block-size' = '%db',"
                .formatted(splitBytes, blockBytes));
    assertThat(changed).as("sources/files.sql, changed").isNotEqualTo(shipped);
    Files.createDirectories(sql.resolve("sources"));
    Files.writeString(sql.resolve("sources/files.sql"), changed);
    return List.of("--sql", sql.toString());
  }

  /**
   * Runs the job over a file or folder; anything but exit status 0 fails the test. Results go below
   * {@code output}.
   */
  public static Backfill run(Path input, Path output, List<String> more) {
    return run(input.toString(), output, more);
  }

  /** The same over a file or folder by its URI. */
  static Backfill run(String input, Path output, List<String> more) {
    return run(List.of("--input", input), output, more);
  }

  /** The same over whatever the arguments {@code from} say. */
  public static Backfill run(List<String> from, Path output, List<String> more) {
    List<String> arguments = new ArrayList<>(List.of("backfill"));
    arguments.addAll(from);
    // Much of what the tests put in cannot be read, and is to be put aside.
    arguments.addAll(List.of("--output", output.toString(), "--fail-on", "none"));
    arguments.addAll(more);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream log = new PrintStream(bytes, true, UTF_8);
    int status = Detect.run(log, log, arguments.toArray(String[]::new));
    assertThat(status).as("exit status of %s%n%s", arguments, bytes.toString(UTF_8)).isZero();
    return new Backfill(output, bytes.toString(UTF_8));
  }

  /** All rows of a detection. */
  public List<DetectionRow> rows(String detection) {
    return lines("detection_results/" + detection).stream().map(DetectionRow::of).toList();
  }

  /** The rows of both detections. */
  public List<DetectionRow> rows() {
    return Arrays.stream(Detection.values()).flatMap(d -> rows(d.fileName()).stream()).toList();
  }

  /** The bounds that the rows name as those of their search: one window, if there are rows. */
  public Set<Window> bounds() {
    return lines("detection_results").stream()
        .map(row -> new Window(instant(row, "info_min_time"), instant(row, "info_max_time")))
        .collect(Collectors.toSet());
  }

  /** Records that the job could not read. */
  public List<JsonNode> deadLetters() {
    return lines("dead_letter");
  }

  /** The ids of the risk events. */
  public List<String> riskIds() {
    return lines("risk_events").stream().map(event -> event.required("id").textValue()).toList();
  }

  /** Its {@code summary.json}. */
  public JsonNode summary() {
    try {
      return MAPPER.readTree(Files.readString(output.resolve("summary.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The events that a detection dropped, by the names of the by-fields that they lack. */
  Map<String, Long> lacking(String detection) {
    Map<String, Long> lacking = new TreeMap<>();
    for (JsonNode one : summary().required("detections")) {
      if (one.required("detection").textValue().equals(detection)) {
        one.required("lacking")
            .properties()
            .forEach(count -> lacking.put(count.getKey(), count.getValue().longValue()));
      }
    }
    return lacking;
  }

  /** What the job printed, for a failing test's message. */
  public String log() {
    return log;
  }

  private static Instant instant(JsonNode row, String field) {
    return Instant.parse(row.required(field).textValue());
  }

  /** All JSON lines of one of the folders it wrote. */
  public List<JsonNode> lines(String folder) {
    Path root = output.resolve(folder);
    if (!Files.exists(root)) {
      return List.of();
    }
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(file -> finished(root.relativize(file), file)).toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(MAPPER.readTree(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  /** A part file that is neither hidden nor below a hidden folder. */
  private static boolean finished(Path relative, Path file) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return Files.isRegularFile(file) && file.getFileName().toString().startsWith("part-");
  }
}
