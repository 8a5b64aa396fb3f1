package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.SqlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeCasts;

/** The tables of a sink set and what goes into each. */
final class Outputs {

  /** Columns of detection_results that the job adds to those of the query. */
  private static final List<String> ADDED = List.of("detection", "info_min_time", "info_max_time");

  private final TableEnvironment env;
  private final SqlFileRunner runner;
  private final RunOptions options;
  private final Function<String, SqlFile> files;

  /** How large a message each topic takes; those that are not known are left out. */
  private Map<String, Integer> maxMessageBytes = Map.of();

  /**
   * Takes what the tables are made with.
   *
   * @param files finds the file that declares a table
   */
  Outputs(
      TableEnvironment env,
      SqlFileRunner runner,
      RunOptions options,
      Function<String, SqlFile> files) {
    this.env = env;
    this.runner = runner;
    this.options = options;
    this.files = files;
  }

  /**
   * Adds an insert into every table of the sink set.
   *
   * @param tally the fields in which the source counts what it read; none where it does not
   * @param check is asked before any table is created
   */
  void addTo(
      StatementSet statements,
      List<DetectionResults> results,
      Set<String> tally,
      OutputTopic.Check check) {
    maxMessageBytes = check.maxMessageBytes(topics(results));
    for (DetectionResults result : results) {
      addDetectionResults(statements, result);
    }
    addRiskEvents(statements, results);
    addDeadLetter(statements);
    if (options.mode() == Mode.BACKFILL) { // what the run's summary is made of
      if (!tally.isEmpty()) {
        addScanSummary(statements, tally);
      }
      addSearchSummary(statements, results);
    }
  }

  private List<OutputTopic> topics(List<DetectionResults> results) {
    Map<String, OutputTopic> topics = new LinkedHashMap<>();
    for (DetectionResults result : results) {
      topic(declaredFor(result)).ifPresent(topic -> topics.put(topic.topic(), topic));
    }
    List<OutputTopic> all = new ArrayList<>(topics.values());
    topic(declared("risk_events", Map.of())).ifPresent(all::add);
    topic(declared("dead_letter", Map.of())).ifPresent(all::add);
    return all;
  }

  private Optional<OutputTopic> topic(SinkTable sink) {
    return OutputTopic.of(sink.name(), options.kafka().sinkOptions(sink.declared().getOptions()));
  }

  /** What a sink's table is made with. */
  private Map<String, String> tableOptions(SinkTable sink) {
    return topic(sink)
        .map(
            topic ->
                topic.bounded(
                    maxMessageBytes.getOrDefault(
                        topic.topic(), OutputTopic.DEFAULT_MAX_MESSAGE_BYTES)))
        .orElseGet(() -> options.kafka().sinkOptions(sink.declared().getOptions()));
  }

  private void addDetectionResults(StatementSet statements, DetectionResults result) {
    SinkTable shared = declaredFor(result);
    checkSharedColumns(shared, result);
    // Files take whole rows; what takes changes has to know which row a change belongs to.
    boolean keyed = !options.mode().overwrites(shared.declared().getOptions());
    DataType detection = DataTypes.STRING();
    Schema.Builder schema =
        Schema.newBuilder().column("detection", keyed ? detection.notNull() : detection);
    for (Column column : result.schema().getColumns()) {
      boolean key = keyed && DetectionResults.isByField(column.getName());
      DataType type = column.getDataType();
      schema.column(column.getName(), key ? type.notNull() : type);
    }
    schema
        .column("info_min_time", DataTypes.TIMESTAMP_LTZ(3))
        .column("info_max_time", DataTypes.TIMESTAMP_LTZ(3));
    if (keyed) {
      List<String> key = new ArrayList<>(List.of("detection"));
      key.addAll(result.byFields());
      schema.primaryKey(key);
    }
    Map<String, String> declared = shared.declared().getOptions();
    TableDescriptor.Builder descriptor =
        TableDescriptor.forConnector(declared.get("connector")).schema(schema.build());
    tableOptions(shared).forEach(descriptor::option);
    env.createTemporaryTable(Sql.identifier(result.table()), descriptor.build());
    insert(
        statements,
        shared,
        result.table(),
        Sql.text(
            "SELECT %s AS detection, *, %s AS info_min_time, %s AS info_max_time FROM %s%s",
            Sql.string(result.detection().name()),
            options.mode().searchEarliest(options.window(), result.trailing()),
            options.mode().searchLatest(options.window()),
            Sql.identifier(result.view()),
            keyed ? withKey(result) : ""));
  }

  // An event in which a by-field is missing is none that stats would count.
  private static String withKey(DetectionResults result) {
    return result.byFields().stream()
        .map(field -> Sql.identifier(field) + " IS NOT NULL")
        .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }

  // What the file declares, every detection must give: whoever reads the results relies on it.
  private static void checkSharedColumns(SinkTable shared, DetectionResults result) {
    ResolvedSchema given = result.schema();
    for (Column column : shared.declared().getResolvedSchema().getColumns()) {
      if (ADDED.contains(column.getName())) {
        continue;
      }
      LogicalType wanted = column.getDataType().getLogicalType();
      Optional<LogicalType> got =
          given.getColumn(column.getName()).map(c -> c.getDataType().getLogicalType());
      if (got.isEmpty() || !LogicalTypeCasts.supportsImplicitCast(got.get(), wanted.copy(true))) {
        throw result
            .detection()
            .query()
            .error(
                Sql.text(
                    "must give a column %s %s, as %s declares; %s",
                    column.getName(),
                    wanted,
                    shared.file().display(),
                    got.map(type -> "it is " + type).orElse("there is none")));
      }
    }
  }

  private void addRiskEvents(StatementSet statements, List<DetectionResults> results) {
    SinkTable sink = created("risk_events");
    Optional<String> query = RiskEvents.query(sink, results, options.mode());
    if (options.mode() == Mode.LIVE) {
      query.ifPresent(risk -> insert(statements, sink, sink.name(), firstSights(sink, risk)));
    } else {
      insert(statements, sink, sink.name(), query.orElseGet(() -> nothing(sink)));
    }
  }

  // Where no detection names a victim: so that what an earlier run wrote is replaced all the same.
  private static String nothing(SinkTable sink) {
    Map<String, String> columns = new LinkedHashMap<>();
    sink.declared()
        .getResolvedSchema()
        .getColumnNames()
        .forEach(column -> columns.put(column, "NULL"));
    return sink.select(columns, "(VALUES (0)) AS nothing WHERE FALSE");
  }

  // In a live run each change of a result row brings its risk events again.
  private String firstSights(SinkTable sink, String query) {
    env.createTemporaryView("risk_candidates", env.sqlQuery(query));
    return Sql.text(
        "SELECT %s FROM FIRST_SIGHT(input => TABLE risk_candidates PARTITION BY id, uid => 'risk_events')",
        sink.columns());
  }

  private void addDeadLetter(StatementSet statements) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String column :
        List.of("error_type", "error_message", "source", "position", "raw_payload")) {
      columns.put(column, Sql.identifier(column));
    }
    // Of the whole record, which a sink may have to cut.
    columns.put("payload_length", "BYTES_LENGTH(raw_payload)");
    columns.put("payload_sha256", "BYTES_SHA256(raw_payload)");
    columns.put("ingestion_time", "CURRENT_TIMESTAMP");
    SinkTable sink = created("dead_letter");
    insert(
        statements,
        sink,
        sink.name(),
        sink.select(columns, "windows_events WHERE error_type IS NOT NULL"));
  }

  // A source may lack some counts: one that does not read files has nothing appended to it.
  private void addScanSummary(StatementSet statements, Set<String> tally) {
    SinkTable sink = created("scan_summary");
    Map<String, String> columns = new LinkedHashMap<>();
    for (String column : sink.declared().getResolvedSchema().getColumnNames()) {
      boolean ofRow = column.equals("source") || column.equals("position");
      boolean known = ofRow || tally.contains(column);
      columns.put(column, known ? (ofRow ? "" : "tally.") + Sql.identifier(column) : "NULL");
    }
    insert(
        statements,
        sink,
        sink.name(),
        sink.select(columns, "windows_events WHERE tally IS NOT NULL"));
  }

  // Of the search itself, before filter and --dest: a row for each of its rows, which the reader
  // adds up. Here it would take an aggregate, which costs more to plan and to compile.
  private void addSearchSummary(StatementSet statements, List<DetectionResults> results) {
    SinkTable sink = created("search_summary");
    List<String> summaries = results.stream().map(result -> searchSummary(sink, result)).toList();
    insert(statements, sink, sink.name(), Sql.unionAll(summaries));
  }

  private static String searchSummary(SinkTable sink, DetectionResults result) {
    String detection = result.detection().name();
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("detection", Sql.string(detection));
    if (result.lacking().isEmpty()) {
      columns.put("rows", "1");
      columns.put("events", "`count`");
      columns.put("lacking", "CAST(NULL AS STRING)");
      columns.put("unfilled", "0");
      return sink.select(columns, Sql.identifier(detection));
    }
    String whole = "CASE WHEN " + LackingFields.COLUMN + " = '' THEN ";
    columns.put("rows", whole + "1 ELSE 0 END");
    columns.put("events", whole + "`count` ELSE 0 END");
    columns.put("lacking", "NULLIF(" + LackingFields.COLUMN + ", '')");
    columns.put("unfilled", whole + "0 ELSE `count` END");
    return sink.select(columns, Sql.identifier(LackingFields.view(detection)));
  }

  private SinkTable declaredFor(DetectionResults result) {
    return declared("detection_results", Map.of("detection", result.detection().name()));
  }

  private SinkTable declared(String table, Map<String, String> values) {
    SqlFile file = files.apply(table);
    return new SinkTable(file, runner.table(file, table, values).getCatalogTable());
  }

  private SinkTable created(String table) {
    SqlFile file = files.apply(table);
    var operation = runner.table(file, table, Map.of());
    SinkTable sink = new SinkTable(file, operation.getCatalogTable());
    runner.create(file, operation, tableOptions(sink));
    return sink;
  }

  private void insert(StatementSet statements, SinkTable sink, String table, String query) {
    try {
      Table rows = env.sqlQuery(query);
      statements.addInsert(
          Sql.identifier(table), rows, options.mode().overwrites(sink.declared().getOptions()));
    } catch (ValidationException | TableException e) {
      // The query is this class's own: a line in it would not help the user.
      throw sink.file().errorAt(0, 0, SqlErrors.text(e), e);
    }
  }
}
