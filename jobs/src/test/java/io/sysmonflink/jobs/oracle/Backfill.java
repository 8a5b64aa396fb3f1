package io.sysmonflink.jobs.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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

  /** Arguments that make the job cut its files into splits of about so many bytes. */
  static List<String> splitSize(int bytes) {
    return List.of("--set", "split_size=" + bytes + "b");
  }

  /**
   * Runs the job over a file or folder; anything but exit status 0 fails the test. Results go below
   * {@code output}.
   */
  public static Backfill run(Path input, Path output, List<String> more) {
    assumeTrue(DetectCommand.exists(), "the job is not on this branch yet");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("backfill", "--input", input.toString()));
    arguments.addAll(List.of("--output", output.toString()));
    arguments.addAll(more);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream log = new PrintStream(bytes, true, UTF_8);
    int status = DetectCommand.run(log, log, arguments.toArray(String[]::new));
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

  /** What the job printed, for a failing test's message. */
  public String log() {
    return log;
  }

  private static Instant instant(JsonNode row, String field) {
    return Instant.parse(row.required(field).textValue());
  }

  private List<JsonNode> lines(String folder) {
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
