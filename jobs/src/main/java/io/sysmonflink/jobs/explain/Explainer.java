package io.sysmonflink.jobs.explain;

import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.explain.Explained.DeadLetter;
import io.sysmonflink.jobs.explain.Explained.Event;
import io.sysmonflink.jobs.explain.Explained.Macro;
import io.sysmonflink.jobs.explain.Explained.OfDetection;
import io.sysmonflink.jobs.pipeline.EventTables;
import io.sysmonflink.jobs.pipeline.RunOptions;
import io.sysmonflink.jobs.pipeline.Sql;
import io.sysmonflink.jobs.pipeline.SqlErrors;
import io.sysmonflink.jobs.report.FirstBytes;
import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.operators.collect.CollectSinkOperatorFactory;
import org.apache.flink.table.api.SqlParserException;
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

  /** More bytes of a dead letter than are shown. */
  private static final int MAX_PAYLOAD = 200;

  /** What may be told of one record; Flink's own limit is less than a record may be long. */
  private static final MemorySize MAX_TOLD = MemorySize.ofMebiBytes(64);

  private final TableEnvironment env;
  private final SqlFiles files;
  private final RunOptions options;
  private final EventTables tables;

  /** What a run says of the conditions that stand before all detections. */
  private record Before(String name, Clause where, Columns columns) {}

  /**
   * Takes what is to be explained.
   *
   * @param env of batch mode
   * @param options the detections, and where the records are
   */
  public Explainer(TableEnvironment env, SqlFiles files, RunOptions options) {
    this.env = env;
    this.files = files;
    this.options = options;
    this.tables = new EventTables(env, files, options);
  }

  /**
   * Reads the records and hands over what there is to say of each, in the order they are read.
   *
   * @throws UserError if an SQL file is wrong, or cannot be taken apart, or not with the others
   */
  void run(Consumer<Explained> target) throws Exception {
    env.getConfig().set(CollectSinkOperatorFactory.MAX_BATCH_SIZE, MAX_TOLD);
    boolean tallies = tables.register(true).getColumnNames().contains("tally");
    tables.createViews(); // they are not read, but tell the place of an error
    tables.checkAllAskedFor();
    List<Search> searches =
        options.detections().stream()
            .map(detection -> Search.of(detection, tables::render))
            .toList();
    Search first = searches.get(0);
    for (Search search : searches) {
      if (!search.from().equals(first.from())) {
        throw new UserError(
            "%s reads from %s and %s from %s: these cannot be explained together; choose by --detection"
                .formatted(
                    first.detection().name(),
                    first.from(),
                    search.detection().name(),
                    search.from()));
      }
    }
    run(first.from(), searches, tallies, target);
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
        env.executeSql(
                "SELECT %s\nFROM %s".formatted(told(searches.size()), last)
                    + (tallies ? "\nWHERE NOT explained_tally" : ""))
            .collect()) {
      while (rows.hasNext()) {
        target.accept(explained(rows.next(), before, searches));
      }
    }
  }

  /** The columns that this class has added: all it reads, for records may be large. */
  private static String told(int searches) {
    List<String> columns = new ArrayList<>();
    for (String column : ENVELOPE.split(", ", -1)) {
      columns.add("explained_" + column.replace("`", ""));
    }
    columns.add("explained_before");
    columns.add("explained_before_values");
    for (int i = 0; i < searches; i++) {
      columns.add("explained_" + i);
      columns.add("explained_%d_values".formatted(i));
    }
    return String.join(", ", columns)
        .replace(
            "explained_raw_payload",
            "CAST(explained_raw_payload AS VARBINARY(%d)) AS explained_raw_payload"
                .formatted(MAX_PAYLOAD));
  }

  /** The macro's own view, but with its conditions as columns. */
  private Before createMacro(String name, String view, boolean tallies) {
    Optional<SqlFile> file = files.find("macros/" + name + ".sql");
    Columns columns = new Columns();
    String selected = "*";
    String from = Sql.identifier(name);
    SqlNode where = null;
    if (file.isPresent()) {
      SqlNode statement = file.get().parse(tables.render(file.get()));
      SqlSelect select =
          PlainSelects.filtering(statement)
              .orElseThrow(
                  () ->
                      file.get()
                          .error(
                              "cannot be explained: it must be one plain SELECT from one table, with one WHERE"));
      selected = SqlSyntax.sql(select.getSelectList());
      from = SqlSyntax.sql(select.getFrom());
      if (select.getFrom() instanceof SqlSelect) {
        from = "(" + from + ")";
      }
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
    } catch (ValidationException | SqlParserException e) {
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
                FirstBytes.describe(row.<byte[]>getFieldAs("explained_raw_payload"))));
  }

  private static Columns.Told told(Row row, String name) {
    Boolean[] conditions = row.getFieldAs("explained_" + name);
    String[] values = row.getFieldAs("explained_" + name + "_values");
    return new Columns.Told(Arrays.asList(conditions), Arrays.asList(values));
  }
}
