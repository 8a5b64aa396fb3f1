package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.FilterColumns;
import io.sysmonflink.jobs.catalog.MetadataRules;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.catalog.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.DataType;

/**
 * Assembles a run: registers functions, source, macros, detections and filters in a table
 * environment, and gathers every output in one statement set, so that the source is read once
 * however many detections there are.
 */
public final class DetectionPipeline {

  private final TableEnvironment env;
  private final SqlFiles files;
  private final Catalog catalog;
  private final RunOptions options;
  private final Settings settings;
  private final EventTables tables;
  private final SqlFileRunner runner;

  /**
   * Takes what a run consists of.
   *
   * @param env of the options' mode; its session time zone is set to UTC
   */
  public DetectionPipeline(TableEnvironment env, Catalog catalog, RunOptions options) {
    this.env = env;
    this.catalog = catalog;
    this.files = catalog.files();
    this.options = options;
    this.tables = new EventTables(env, files, options);
    this.settings = tables.settings();
    this.runner = tables.runner();
  }

  /**
   * A run that is ready to start.
   *
   * @param statements what to execute
   * @param results what each detection's results look like
   * @param tallies whether the source counts what it read
   */
  public record Assembled(
      StatementSet statements, List<DetectionResults> results, boolean tallies) {

    /** How far behind the newest event of its group an event may lie and still count anywhere. */
    public Duration reach() {
      return results.stream()
          .map(DetectionResults::reach)
          .max(Duration::compareTo)
          .orElse(Duration.ZERO);
    }
  }

  /**
   * Assembles the run; to be called once.
   *
   * @throws UserError if an SQL file or a setting is wrong
   */
  public Assembled assemble() {
    return assemble(topics -> Map.of());
  }

  /**
   * Assembles the run; to be called once.
   *
   * @param check is asked once, when all is found right but what is written to
   * @throws UserError if an SQL file or a setting is wrong
   */
  public Assembled assemble(OutputTopic.Check check) {
    sinkFile("detection_results"); // reports a missing name before anything slow
    ResolvedSchema source = tables.register(false);
    for (SqlFile macro : files.in("macros", ".sql")) {
      runner.mergedView(macro);
    }
    List<DetectionResults> results = new ArrayList<>();
    for (Detection detection : catalog.detections()) {
      if (options.detections().contains(detection)) {
        results.add(results(detection));
      } else {
        settings.skip(detection.query());
        settings.skip(detection.filter());
      }
    }
    StatementSet statements = env.createStatementSet();
    Set<String> tally = fieldsOfTally(source);
    new Outputs(env, runner, options, this::sinkFile).addTo(statements, results, tally, check);
    settings.checkAllAskedFor();
    return new Assembled(statements, results, !tally.isEmpty());
  }

  private static Set<String> fieldsOfTally(ResolvedSchema source) {
    return source
        .getColumn("tally")
        .map(column -> Set.copyOf(DataType.getFieldNames(column.getDataType())))
        .orElse(Set.of());
  }

  private DetectionResults results(Detection detection) {
    Functions.measureAs(env, options.mode(), detection.name());
    LackingFields lacking = new LackingFields(runner, options.mode(), detection);
    ResolvedSchema queried = lacking.createView().getResolvedSchema();
    MetadataRules.checkColumns(detection, queried.getColumnNames());
    ResolvedSchema filtered = runner.sharedView(detection.filter()).getResolvedSchema();
    if (!filtered.equals(queried)) {
      throw detection
          .filter()
          .error(
              Sql.text(
                  "must give the columns of %s unchanged: %s",
                  detection.query().display(), difference(queried, filtered)));
    }
    checkByFields(detection, queried);
    String view = detection.name() + "_results";
    Table table =
        options.dest().isPresent()
            ? ofHost(detection, queried)
            : env.from(Sql.identifier(detection.filter().name()));
    env.createTemporaryView(Sql.identifier(view), table);
    DetectionResults results =
        new DetectionResults(
            detection, view, table.getResolvedSchema(), trailing(detection), lacking.counted());
    MetadataRules.checkThrottling(detection, results.byFields());
    return results;
  }

  // They show a live run which row a change belongs to, and give a row the same id everywhere.
  private void checkByFields(Detection detection, ResolvedSchema queried) {
    List<String> byFields =
        queried.getColumnNames().stream().filter(DetectionResults::isByField).toList();
    FilterColumns.changed(settings.render(detection.filter()), byFields)
        .ifPresent(
            column -> {
              throw detection
                  .filter()
                  .error(
                      Sql.text(
                          "column %s: must be as %s gives it, since it identifies rows; a filter chooses rows, and"
                              + " changes no value that they are grouped by",
                          column, detection.query().display()));
            });
  }

  private Optional<TrailingInterval> trailing(Detection detection) {
    return options.mode() == Mode.LIVE
        ? TrailingInterval.of(detection.query(), settings.render(detection.query()))
        : Optional.empty();
  }

  private static String difference(ResolvedSchema wanted, ResolvedSchema given) {
    List<String> lacking = columns(wanted);
    lacking.removeAll(columns(given));
    List<String> added = columns(given);
    added.removeAll(columns(wanted));
    List<String> differences = new ArrayList<>();
    if (!lacking.isEmpty()) {
      differences.add("it lacks " + String.join(", ", lacking));
    }
    if (!added.isEmpty()) {
      differences.add("it adds " + String.join(", ", added));
    }
    return differences.isEmpty()
        ? "it gives them in another order"
        : String.join("; ", differences);
  }

  private static List<String> columns(ResolvedSchema schema) {
    return schema.getColumns().stream()
        .map(column -> column.getName() + " " + column.getDataType().getLogicalType())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Table ofHost(Detection detection, ResolvedSchema schema) {
    if (!schema.getColumnNames().contains("dest")) {
      throw new UserError("--dest: " + detection.query().display() + " gives no column dest");
    }
    return runner.query(
        files.get("drilldowns/results.sql"),
        Map.of("search", detection.filter().name(), "dest", options.dest().orElseThrow()));
  }

  private SqlFile sinkFile(String table) {
    return files.required("--sink", "sinks", options.sinks(), options.sinks() + "/" + table);
  }
}
