package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.Detection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;

/**
 * What a detection found: the rows of its filter view, those of one host if so asked.
 *
 * @param detection the detection
 * @param view the view that holds them
 * @param schema the view's columns
 * @param trailing how far a live row reaches back; nothing in a backfill
 * @param lacking the by-fields for lack of which a bounded run counts the events that it drops
 */
public record DetectionResults(
    Detection detection,
    String view,
    ResolvedSchema schema,
    Optional<TrailingInterval> trailing,
    List<String> lacking) {

  /** What the names of all tables of results begin with. */
  static final String TABLES = "detection_results_";

  /** What a detection is taken to ask for that does not say it. */
  private static final Duration DEFAULT_INTERVAL = Duration.ofDays(14);

  /**
   * The columns that say how often and when; every other column is one of those the query groups
   * by.
   */
  static final Set<String> STATS =
      Set.of("count", "firstTime", "lastTime", "first_seen", "last_seen", "activity");

  public DetectionResults {
    for (Column column : schema.getColumns()) {
      if (isAdded(column.getName())) {
        throw detection
            .query()
            .error("column " + column.getName() + ": the job adds one of this name");
      }
    }
  }

  /** The columns the query groups by: with the detection's name they identify a row. */
  public List<String> byFields() {
    return schema.getColumnNames().stream().filter(name -> !STATS.contains(name)).toList();
  }

  /** Whether a column of the results, as they are written, is one the query groups by. */
  public static boolean isByField(String column) {
    return !STATS.contains(column) && !isAdded(column);
  }

  private static boolean isAdded(String column) {
    return column.equals("detection") || column.startsWith("info_");
  }

  /** How far behind the newest event of its group an event may lie and still count. */
  public Duration reach() {
    return trailing.map(TrailingInterval::length).orElse(DEFAULT_INTERVAL);
  }

  /** The table they are written to. */
  public String table() {
    return TABLES + detection.name();
  }
}
