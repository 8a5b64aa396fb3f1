package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.GroupedSearch;
import io.sysmonflink.jobs.catalog.SqlFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.api.Table;

/**
 * Makes a detection's view so that the events are counted that meet its WHERE and are dropped for
 * lack of a by-field. What the view gives is the same. The views and columns that this adds have
 * blanks in their names, which no file has.
 *
 * <p>In a bounded run the search groups them too, and the view leaves their groups out: so they
 * need no second look at any event. In a live run a function counts them where they are dropped.
 */
final class LackingFields {

  /** In {@link #view}: the names of the fields that a row lacks, with commas; empty for none. */
  static final String COLUMN = "`fields that it lacks`";

  private final SqlFileRunner runner;
  private final Mode mode;
  private final Detection detection;

  private List<String> counted = List.of();

  LackingFields(SqlFileRunner runner, Mode mode, Detection detection) {
    this.runner = runner;
    this.mode = mode;
    this.detection = detection;
  }

  /**
   * Makes the view.
   *
   * @throws io.sysmonflink.jobs.catalog.UserError if the detection's SQL is wrong
   */
  Table createView() {
    SqlFile file = detection.query();
    // Where the other form does not work, the file's own text works, or its error says why.
    return GroupedSearch.of(runner.text(file))
        .flatMap(search -> mode == Mode.LIVE ? asking(search) : grouping(search))
        .orElseGet(() -> runner.sharedView(file));
  }

  private Optional<Table> grouping(GroupedSearch search) {
    String name = detection.name();
    Optional<Table> all = runner.sharedView(name + " of all", search.withoutAsking());
    Optional<Table> table =
        all.flatMap(
                from ->
                    runner.sharedView(
                        view(name),
                        Sql.text(
                            "SELECT *, %s AS %s FROM %s",
                            lacking(search.fields()), COLUMN, Sql.identifier(name + " of all"))))
            .flatMap(
                from ->
                    runner.sharedView(
                        name,
                        Sql.text(
                            "SELECT %s FROM %s WHERE %s = ''",
                            columns(all.get()), Sql.identifier(view(name)), COLUMN)));
    table.ifPresent(made -> counted = search.fields());
    return table;
  }

  private Optional<Table> asking(GroupedSearch search) {
    return runner.sharedView(
        detection.name(),
        search.asking(
            arguments ->
                Sql.text(
                    "NOT LACKS_FIELDS(%s, %s, ROW(%s))",
                    Sql.literal(detection.name()),
                    Sql.literal(String.join(", ", search.fields())),
                    String.join(", ", arguments))));
  }

  private static String columns(Table table) {
    return table.getResolvedSchema().getColumnNames().stream()
        .map(Sql::identifier)
        .collect(Collectors.joining(", "));
  }

  private static String lacking(List<String> fields) {
    return fields.stream()
        .map(
            field ->
                Sql.text(
                    "CASE WHEN %s IS NULL THEN %s END", Sql.identifier(field), Sql.literal(field)))
        .collect(Collectors.joining(", ", "CONCAT_WS(', ', ", ")"));
  }

  /** The fields for lack of which {@link #view} has rows. */
  List<String> counted() {
    return counted;
  }

  /** The view of a detection's search that has those rows too. */
  static String view(String detection) {
    return detection + " with lacking";
  }
}
