package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.Detection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of one run.
 *
 * @param detections the detections to run
 * @param source the file in {@code sources/} to read from, by name
 * @param sinks the folder in {@code sinks/} to write to, by name
 * @param dest if present, only results of this host count; {@code *} stands for any run of
 *     characters
 * @param inputs the locations to read, as {@code ${input}}; empty where the source takes none
 * @param output where to write, as {@code ${output}}; empty where the sinks take none
 * @param kafka what the tables of the Kafka connector need besides their own SQL
 * @param settings the user's own {@code --set key=value}
 * @param strict whether a file that cannot be read ends the run
 */
public record RunOptions(
    Mode mode,
    List<Detection> detections,
    String source,
    String sinks,
    SearchWindow window,
    Optional<String> dest,
    List<String> inputs,
    Optional<String> output,
    KafkaSettings kafka,
    Map<String, String> settings,
    boolean strict) {

  /** Keys that a run fills on its own; {@code --set} cannot. */
  public static final Set<String> OWN_KEYS =
      Set.of("input", "output", "earliest", "latest", "event_codes", "detection", "search", "dest");

  public RunOptions {
    detections = List.copyOf(detections);
    inputs = List.copyOf(inputs);
    settings = Map.copyOf(settings);
  }

  /**
   * Starts the options of a run that searches any time, of all hosts, and reads and writes nothing.
   */
  public static Builder builder(Mode mode) {
    return new Builder(mode);
  }

  /**
   * Starts the options of a drilldown over what earlier runs wrote.
   *
   * @param sinks the folder in {@code sinks/} that says how it was written
   * @param dest the host
   */
  public static Builder drilldown(String sinks, String dest) {
    return builder(Mode.BACKFILL).sinks(sinks).dest(Optional.of(dest));
  }

  /** Collects the options of a run; what is not set is empty. */
  public static final class Builder {

    private final Mode mode;
    private List<Detection> detections = List.of();
    private String source = "";
    private String sinks = "";
    private SearchWindow window = SearchWindow.all();
    private Optional<String> dest = Optional.empty();
    private List<String> inputs = List.of();
    private Optional<String> output = Optional.empty();
    private KafkaSettings kafka = KafkaSettings.NONE;
    private Map<String, String> settings = Map.of();
    private boolean strict;

    private Builder(Mode mode) {
      this.mode = mode;
    }

    /** The detections to run. */
    public Builder detections(List<Detection> value) {
      detections = value;
      return this;
    }

    /** The file in {@code sources/} to read from, by name. */
    public Builder source(String value) {
      source = value;
      return this;
    }

    /** The folder in {@code sinks/} to write to, by name. */
    public Builder sinks(String value) {
      sinks = value;
      return this;
    }

    /** The time range; default: any time. */
    public Builder window(SearchWindow value) {
      window = value;
      return this;
    }

    /** If present, only results of this host count. */
    public Builder dest(Optional<String> value) {
      dest = value;
      return this;
    }

    /** The locations to read. */
    public Builder inputs(List<String> value) {
      inputs = value;
      return this;
    }

    /** Where to write. */
    public Builder output(Optional<String> value) {
      output = value;
      return this;
    }

    /** What the tables of the Kafka connector need. */
    public Builder kafka(KafkaSettings value) {
      kafka = value;
      return this;
    }

    /** The user's own {@code --set key=value}. */
    public Builder settings(Map<String, String> value) {
      settings = value;
      return this;
    }

    /** Whether a file that cannot be read ends the run; default: it does not. */
    public Builder strict(boolean value) {
      strict = value;
      return this;
    }

    /** The options as they are set now. */
    public RunOptions build() {
      return new RunOptions(
          mode, detections, source, sinks, window, dest, inputs, output, kafka, settings, strict);
    }
  }
}
