package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.DetectionPipeline;
import io.sysmonflink.jobs.pipeline.Drilldown;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.Mode;
import io.sysmonflink.jobs.pipeline.RunOptions;
import io.sysmonflink.jobs.pipeline.SqlErrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Assembles runs, as backfill and live do, and starts none: one of each detection, and one of each
 * source and each set of sinks with all detections that are right; the latter are compiled too.
 * Drilldowns are assembled likewise.
 */
final class PlanCheck {

  private static final String HOST = "any";
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
      if (isRight(detection, errors)) {
        right.add(detection);
      }
    }
    checkDrilldowns(right, errors);
    if (right.isEmpty()) {
      return; // a run without any would fail for that, and blame its source
    }
    List<Detection> compiled = compilable(Mode.BACKFILL, new Ends(FILES, FILES), right, errors);
    // The bundled ends first: what fails there is most likely a detection's fault.
    Set<Ends> live = new LinkedHashSet<>(List.of(new Ends(KAFKA, CONSOLE)));
    for (String source : catalog.files().names("sources")) {
      live.add(new Ends(source, CONSOLE));
    }
    for (String sinks : catalog.files().names("sinks")) {
      live.add(new Ends(KAFKA, sinks));
    }
    live.removeIf(ends -> ends.source.equals(FILES) || ends.sinks.equals(FILES)); // as backfill
    for (Ends ends : live) {
      compiled = compilable(Mode.LIVE, ends, compiled, errors);
    }
  }

  /**
   * Compiles the job of a run with some detections, as starting it would: some mistakes show only
   * then. Where that fails, each detection is tried alone.
   *
   * @return those that can be in such a run
   */
  private List<Detection> compilable(
      Mode mode, Ends ends, List<Detection> planned, Consumer<UserError> errors) {
    String run =
        "a %s run with --source %s --sink %s cannot be planned: "
            .formatted(mode.name().toLowerCase(Locale.ROOT), ends.source, ends.sinks);
    Optional<UserError> error =
        failure(mode, ends, planned, reason -> new UserError(run + SqlErrors.text(reason), reason));
    if (error.isEmpty()) {
      return planned;
    }
    Map<Detection, UserError> alone = new LinkedHashMap<>();
    // A mistake that was found while assembling stands where it says.
    if (error.get().place().isEmpty() && error.get().getCause() != null) {
      for (Detection detection : planned) {
        failure(mode, ends, List.of(detection), reason -> inDetection(detection, run, reason))
            .ifPresent(e -> alone.put(detection, e));
      }
    }
    // What fails with each of them is no single one's fault, unless all else is as it was bundled.
    if (alone.isEmpty() || (alone.size() == planned.size() && !isBundled(ends))) {
      errors.accept(error.get());
      return planned;
    }
    alone.values().forEach(errors);
    return planned.stream().filter(detection -> !alone.containsKey(detection)).toList();
  }

  private UserError inDetection(Detection detection, String run, Throwable reason) {
    SqlFile filter = detection.filter();
    SqlFile file =
        catalog.files().find(filter.path()).filter(PlanCheck::isOwn).orElse(detection.query());
    return SqlErrors.isTooDeep(reason)
        ? file.tooDeep(reason)
        : file.errorAt(0, 0, run + SqlErrors.text(reason), reason);
  }

  // What goes wrong in other ways than Flink means to is told too, or all else would be lost.
  private Optional<UserError> failure(
      Mode mode, Ends ends, List<Detection> planned, Function<Throwable, UserError> told) {
    try {
      assemble(options(mode, ends, planned, null)).statements().explain();
      return Optional.empty();
    } catch (UserError e) {
      return Optional.of(e);
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.of(told.apply(e));
    }
  }

  /** Whether a source, a set of sinks and all that every detection reads are the project's own. */
  private boolean isBundled(Ends ends) {
    return catalog.files().all().stream()
        .filter(file -> !file.path().startsWith("detections/"))
        .filter(file -> !file.path().startsWith("filters/"))
        .filter(file -> isRead(file.path(), ends, null))
        .noneMatch(PlanCheck::isOwn);
  }

  private static boolean isOwn(SqlFile file) {
    return !file.origin().equals(SqlFile.BUNDLED);
  }

  private void checkDrilldowns(List<Detection> right, Consumer<UserError> errors) {
    Ends ends = new Ends(FILES, FILES);
    List<SqlFile> drilldowns =
        catalog.files().all().stream().filter(f -> f.path().startsWith("drilldowns/")).toList();
    RunOptions over =
        RunOptions.drilldown(FILES, HOST).kafka(kafka).settings(settings.apply(drilldowns)).build();
    new Drilldown(TableEnvironment.create(over.mode().settings()), catalog, over, note -> {})
        .check(List.of(Map.of("output", "file:/found", "detection", "any")), errors);
    // One that gives a host will do: the query is the same for all.
    right.stream()
        .filter(detection -> givesHost(options(Mode.BACKFILL, ends, List.of(detection), null)))
        .findFirst()
        .ifPresent(
            one -> told(errors, () -> assemble(options(Mode.BACKFILL, ends, List.of(one), HOST))));
  }

  private boolean givesHost(RunOptions options) {
    return assemble(options).results().stream()
        .allMatch(result -> result.schema().getColumnNames().contains("dest"));
  }

  private boolean isRight(Detection detection, Consumer<UserError> errors) {
    RunOptions alone = options(Mode.BACKFILL, new Ends(FILES, FILES), List.of(detection), null);
    try {
      return told(errors, () -> assemble(alone));
    } catch (RuntimeException | StackOverflowError e) {
      errors.accept(inDetection(detection, "cannot be planned: ", e));
      return false;
    }
  }

  private static boolean told(Consumer<UserError> errors, Runnable step) {
    try {
      step.run();
      return true;
    } catch (UserError e) {
      errors.accept(e);
      return false;
    }
  }

  private DetectionPipeline.Assembled assemble(RunOptions options) {
    return new DetectionPipeline(
            TableEnvironment.create(options.mode().settings()), catalog, options)
        .assemble();
  }

  private RunOptions options(Mode mode, Ends ends, List<Detection> planned, String dest) {
    List<SqlFile> read =
        catalog.files().all().stream()
            .filter(file -> file.path().endsWith(".sql") && isRead(file.path(), ends, dest))
            .toList();
    return RunOptions.builder(mode)
        .detections(planned)
        .source(ends.source)
        .sinks(ends.sinks)
        .dest(Optional.ofNullable(dest))
        .inputs(ends.source.equals(FILES) ? List.of("file:/logs") : List.of())
        .output(ends.sinks.equals(FILES) ? Optional.of("file:/found") : Optional.empty())
        .kafka(kafka)
        .settings(settings.apply(read))
        .build();
  }

  private static boolean isRead(String path, Ends ends, String dest) {
    return switch (path.substring(0, path.indexOf('/'))) {
      case "sources" -> path.equals("sources/" + ends.source + ".sql");
      case "sinks" -> path.startsWith("sinks/" + ends.sinks + "/");
      case "drilldowns" -> dest != null && path.equals("drilldowns/results.sql");
      default -> true;
    };
  }
}
