package io.sysmonflink.jobs.explain;

import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.explain.Explained.DeadLetter;
import io.sysmonflink.jobs.explain.Explained.Event;
import io.sysmonflink.jobs.explain.Explained.Macro;
import io.sysmonflink.jobs.explain.Explained.OfDetection;
import io.sysmonflink.jobs.pipeline.EventTables;
import io.sysmonflink.jobs.pipeline.PipelineOptions;
import io.sysmonflink.jobs.pipeline.Sql;
import io.sysmonflink.jobs.pipeline.SqlErrors;
import io.sysmonflink.jobs.report.Beginning;
import io.sysmonflink.jobs.syntax.SqlSyntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * Has Flink decide, for each record, each condition of each detection: one query over the source,
 * with the conditions as columns and no WHERE of its own.
 */
public final class Explainer {

  private static final String ENVELOPE =
      "`source`, `position`, error_type, error_message, raw_payload, EventCode, _time, Provider, Channel, Computer";

  private final TableEnvironment env;
  private final SqlFiles files;
  private final PipelineOptions options;
  private final EventTables tables;

  /** What a run says of the conditions that stand before all detections. */
  private record Before(String name, Clause where, Columns columns) {}

  /**
   * Takes what is to be explained.
   *
   * @param env of batch mode
   * @param options the detections, and where the records are
   */
  public Explainer(TableEnvironment env, SqlFiles files, PipelineOptions options) {
    this.env = env;
    this.files = files;
    this.options = options;
    this.tables = new EventTables(env, files, options);
  }

  /**
   * Reads the records and hands over what there is to say of each, in the order they are read.
   *
   * @throws UserError if an SQL file is wrong, or cannot be taken apart
   */
  void run(Consumer<Explained> target) throws Exception {
    boolean tallies = tables.register(true).getColumnNames().contains("tally");
    tables.createViews(); // they are not read, but tell the place of an error
    Map<String, List<Search>> byMacro = new LinkedHashMap<>();
    for (Detection detection : options.detections()) {
      Search search = Search.of(detection, tables::render);
      byMacro.computeIfAbsent(search.from(), macro -> new ArrayList<>()).add(search);
    }
    for (var searches : byMacro.entrySet()) { // there is one macro, as a rule
      run(searches.getKey(), searches.getValue(), tallies, target);
    }
  }

  private void run(String macro, List<Search> searches, boolean tallies, Consumer<Explained> target)
      throws Exception {
    String view = "explained_" + macro;
    Before before = createMacro(macro, view + "_0", tallies);
    for (int i = 0; i < searches.size(); i++) {
      create(view + "_" + (i + 1), sql(searches.get(i), i, view + "_" + i), searches.get(i));
    }
    String last = Sql.identifier(view + "_" + searches.size());
    try (CloseableIterator<Row> rows =
        env.executeSql("SELECT * FROM " + last + (tallies ? " WHERE NOT explained_tally" : ""))
            .collect()) {
      while (rows.hasNext()) {
        target.accept(explained(rows.next(), before, searches));
      }
    }
  }

  /** The macro's own view, but with its conditions as columns. */
  private Before createMacro(String name, String view, boolean tallies) {
    Optional<SqlFile> file = files.find("macros/" + name + ".sql");
    Columns columns = new Columns();
    String selected = "*";
    String from = Sql.identifier(name);
    SqlNode where = null;
    if (file.isPresent()) {
      SqlNode statement = SqlSyntax.parse(file.get(), tables.render(file.get()));
      if (!(statement instanceof SqlSelect select)) {
        throw file.get().error("cannot be explained: it must be one plain SELECT");
      }
      selected = SqlSyntax.sql(select.getSelectList());
      from = SqlSyntax.sql(select.getFrom());
      where = select.getWhere();
    }
    Clause clause = Search.conditions(where, columns);
    StringBuilder sql = new StringBuilder("SELECT ").append(selected);
    for (String column : ENVELOPE.split(", ", -1)) {
      sql.append(",\n  %s AS explained_%s".formatted(column, column.replace("`", "")));
    }
    if (tallies) {
      sql.append(",\n  tally IS NOT NULL AS explained_tally");
    }
    sql.append(",\n  %s AS explained_before".formatted(columns.conditionsSql()))
        .append(",\n  %s AS explained_before_values".formatted(columns.valuesSql()))
        .append("\nFROM ")
        .append(from);
    create(view, sql.toString(), file.orElse(null));
    return new Before(name, clause, columns);
  }

  private static String sql(Search search, int number, String from) {
    return "SELECT *,\n  %s AS explained_%d,\n  %s AS explained_%d_values\nFROM %s AS %s"
        .formatted(
            search.columns().conditionsSql(),
            number,
            search.columns().valuesSql(),
            number,
            Sql.identifier(from),
            Sql.identifier(search.alias()));
  }

  private void create(String view, String sql, Search search) {
    create(view, sql, search.detection().query());
  }

  // The query is this class's own: a line in it would tell the user nothing.
  private void create(String view, String sql, SqlFile file) {
    try {
      env.createTemporaryView(Sql.identifier(view), env.sqlQuery(sql));
    } catch (ValidationException e) {
      throw file == null
          ? new UserError(SqlErrors.text(e), e)
          : file.errorAt(0, 0, SqlErrors.text(e), e);
    }
  }

  private static Explained explained(Row row, Before before, List<Search> searches) {
    List<OfDetection> detections = new ArrayList<>();
    for (int i = 0; i < searches.size(); i++) {
      Search search = searches.get(i);
      Columns.Told told = told(row, String.valueOf(i));
      detections.add(
          new OfDetection(
              search.detection(),
              search.where().of(told),
              search.byFields(),
              search.filter().map(filter -> filter.of(told))));
    }
    return new Explained(
        row.getFieldAs("explained_source"),
        row.getFieldAs("explained_position"),
        deadLetter(row),
        new Event(
            row.getFieldAs("explained_EventCode"),
            row.getFieldAs("explained__time"),
            row.getFieldAs("explained_Provider"),
            row.getFieldAs("explained_Channel"),
            row.getFieldAs("explained_Computer")),
        new Macro(before.name, before.where.of(told(row, "before"))),
        detections);
  }

  private static Optional<DeadLetter> deadLetter(Row row) {
    String type = row.getFieldAs("explained_error_type");
    return type == null
        ? Optional.empty()
        : Optional.of(
            new DeadLetter(
                type,
                row.getFieldAs("explained_error_message"),
                Beginning.of(row.<byte[]>getFieldAs("explained_raw_payload"))));
  }

  private static Columns.Told told(Row row, String name) {
    Boolean[] conditions = row.getFieldAs("explained_" + name);
    String[] values = row.getFieldAs("explained_" + name + "_values");
    return new Columns.Told(Arrays.asList(conditions), Arrays.asList(values));
  }
}
