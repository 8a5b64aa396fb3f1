package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.Detection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one run is asked to do.
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
 * @param strict whether a file that cannot be read is to end the run
 */
public record PipelineOptions(
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

  /** As above, of a run that goes on. */
  public PipelineOptions(
      Mode mode,
      List<Detection> detections,
      String source,
      String sinks,
      SearchWindow window,
      Optional<String> dest,
      List<String> inputs,
      Optional<String> output,
      KafkaSettings kafka,
      Map<String, String> settings) {
    this(mode, detections, source, sinks, window, dest, inputs, output, kafka, settings, false);
  }

  public PipelineOptions {
    detections = List.copyOf(detections);
    inputs = List.copyOf(inputs);
    settings = Map.copyOf(settings);
  }

  /** The same, ending at a file that cannot be read or not. */
  public PipelineOptions strict(boolean ends) {
    return new PipelineOptions(
        mode, detections, source, sinks, window, dest, inputs, output, kafka, settings, ends);
  }

  /**
   * What a drilldown over what earlier runs wrote is asked to do.
   *
   * @param sinks the folder in {@code sinks/} that says how it was written
   * @param dest the host
   */
  public static PipelineOptions ofDrilldown(
      String sinks,
      SearchWindow window,
      String dest,
      KafkaSettings kafka,
      Map<String, String> settings) {
    return new PipelineOptions(
        Mode.BACKFILL,
        List.of(),
        "",
        sinks,
        window,
        Optional.of(dest),
        List.of(),
        Optional.empty(),
        kafka,
        settings);
  }
}
