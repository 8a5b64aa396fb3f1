package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.DetectionPipeline;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.Mode;
import io.sysmonflink.jobs.pipeline.PipelineOptions;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Assembles runs, as backfill and live do, and starts none: one of each detection, and one of each
 * source and each set of sinks with all detections that are right.
 */
final class PlanCheck {

  /** Keys that a run fills on its own. */
  static final Set<String> FILLED =
      Set.of("input", "output", "earliest", "latest", "event_codes", "detection");

  private static final String FILES = "files";
  private static final String KAFKA = "kafka";
  private static final String CONSOLE = "console";

  private final Catalog catalog;
  private final List<Detection> detections;
  private final Function<Collection<SqlFile>, Map<String, String>> settings;
  private final KafkaSettings kafka;

  /** A source and a set of sinks. */
  private record Ends(String source, String sinks) {}

  /**
   * Takes what is planned.
   *
   * @param settings gives the values of the keys in a run's files
   */
  PlanCheck(
      Catalog catalog,
      List<Detection> detections,
      Function<Collection<SqlFile>, Map<String, String>> settings,
      KafkaSettings kafka) {
    this.catalog = catalog;
    this.detections = detections;
    this.settings = settings;
    this.kafka = kafka;
  }

  /** Hands over what is wrong. */
  void run(Consumer<UserError> errors) {
    List<Detection> right = new ArrayList<>();
    for (Detection detection : detections) {
      if (isRight(Mode.BACKFILL, new Ends(FILES, FILES), List.of(detection), errors)) {
        right.add(detection);
      }
    }
    Set<Ends> live = new LinkedHashSet<>();
    for (String source : catalog.files().names("sources")) {
      live.add(new Ends(source, CONSOLE));
    }
    for (String sinks : catalog.files().names("sinks")) {
      live.add(new Ends(KAFKA, sinks));
    }
    live.removeIf(ends -> ends.source.equals(FILES) || ends.sinks.equals(FILES)); // done above
    for (Ends ends : live) {
      isRight(Mode.LIVE, ends, right, errors);
    }
  }

  private boolean isRight(
      Mode mode, Ends ends, List<Detection> planned, Consumer<UserError> errors) {
    List<SqlFile> read =
        catalog.files().all().stream()
            .filter(file -> file.path().endsWith(".sql") && isRead(file.path(), ends))
            .toList();
    PipelineOptions options =
        new PipelineOptions(
            mode,
            planned,
            ends.source,
            ends.sinks,
            SearchWindow.all(),
            Optional.empty(),
            ends.source.equals(FILES) ? List.of("file:/logs") : List.of(),
            ends.sinks.equals(FILES) ? Optional.of("file:/found") : Optional.empty(),
            kafka,
            settings.apply(read));
    try {
      new DetectionPipeline(TableEnvironment.create(mode.settings()), catalog, options).assemble();
      return true;
    } catch (UserError e) {
      errors.accept(e);
      return false;
    }
  }

  private static boolean isRead(String path, Ends ends) {
    return switch (path.substring(0, path.indexOf('/'))) {
      case "sources" -> path.equals("sources/" + ends.source + ".sql");
      case "sinks" -> path.startsWith("sinks/" + ends.sinks + "/");
      case "drilldowns" -> false;
      default -> true;
    };
  }
}
