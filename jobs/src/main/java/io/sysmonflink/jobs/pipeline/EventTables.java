package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.files.SysmonFilesOptions;
import io.sysmonflink.files.SysmonFilesTableFactory;
import io.sysmonflink.format.SysmonFormatOptions;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.kafka.SysmonKafkaTableFactory;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.flink.table.types.logical.RowType;

/** What every query reads from: the functions, the tables in schema/ and the source. */
public final class EventTables {

  /** What each source file calls its table. */
  public static final String SOURCE_TABLE = "windows_events";

  private final TableEnvironment env;
  private final SqlFiles files;
  private final RunOptions options;
  private final Settings settings;
  private final SqlFileRunner runner;

  /**
   * Takes what they are made of.
   *
   * @param env of the options' mode; its session time zone is set to UTC
   */
  public EventTables(TableEnvironment env, SqlFiles files, RunOptions options) {
    this.env = env;
    this.files = files;
    this.options = options;
    this.settings = new Settings(options);
    this.runner = new SqlFileRunner(env, settings);
  }

  Settings settings() {
    return settings;
  }

  SqlFileRunner runner() {
    return runner;
  }

  /**
   * Registers them; call it once.
   *
   * @param everyId whether the source gives events of every id, whatever its SQL says
   * @return the source's columns
   * @throws UserError if an SQL file or a setting is wrong
   */
  public ResolvedSchema register(boolean everyId) {
    env.getConfig().setLocalTimeZone(ZoneOffset.UTC);
    Functions.register(env, options.mode());
    SqlFile source = files.required("--source", "sources", options.source(), options.source());
    for (SqlFile schema : files.in("schema", ".sql")) {
      runner.create(schema, runner.table(schema, schema.name(), Map.of()), Map.of());
    }
    CreateTableOperation table = runner.table(source, SOURCE_TABLE, Map.of());
    ResolvedCatalogTable declared = table.getCatalogTable();
    Map<String, String> given = new HashMap<>(options.kafka().sourceOptions(declared.getOptions()));
    if (everyId) {
      given.remove(SysmonFormatOptions.EVENT_CODES.key());
    } else {
      addPrefilter(given, declared.getResolvedSchema());
    }
    if (options.strict()) {
      addStrict(given);
    }
    if (options.mode() == Mode.LIVE) {
      addSinks(given);
    }
    runner.create(source, table, given);
    runner.checkReadable(source, SOURCE_TABLE);
    return declared.getResolvedSchema();
  }

  private void addStrict(Map<String, String> given) {
    if (!SysmonFilesTableFactory.IDENTIFIER.equals(given.get("connector"))) {
      throw new UserError("--strict: source " + options.source() + " reads no files");
    }
    given.put(SysmonFilesOptions.STRICT.key(), "true");
  }

  // A source that passes the wanted ids to the format may pass a prefilter of events, too.
  private void addPrefilter(Map<String, String> given, ResolvedSchema columns) {
    RowType type = (RowType) columns.toPhysicalRowDataType().getLogicalType();
    String prefilter =
        new DetectionPrefilter(files, settings::render).of(options.detections(), type);
    for (String option : List.copyOf(given.keySet())) {
      String eventCodes = SysmonFormatOptions.EVENT_CODES.key();
      if (option.equals(eventCodes) || option.endsWith("." + eventCodes)) {
        given.putIfAbsent(
            option.substring(0, option.length() - eventCodes.length())
                + SysmonFormatOptions.PREFILTER.key(),
            prefilter);
      }
    }
  }

  // The prefixes let the source notice a second live job that was started by mistake.
  private void addSinks(Map<String, String> given) {
    Map<String, String> kafka = options.kafka().values();
    if (SysmonKafkaTableFactory.IDENTIFIER.equals(given.get("connector"))
        && "exactly-once".equals(kafka.get("delivery"))) {
      given.putIfAbsent(
          SysmonKafkaTableFactory.SINK_TRANSACTIONAL_IDS.key(),
          Stream.of("risk_events", "dead_letter")
              .map(table -> kafka.get("transactional_id_prefix") + "-" + table)
              .collect(Collectors.joining(";")));
    }
  }

  /**
   * Makes the views of the macros, of the options' detections and of their filters, as a run would.
   *
   * @throws UserError if an SQL file is wrong, with its place
   */
  public void createViews() {
    files.in("macros", ".sql").forEach(runner::mergedView);
    for (Detection detection : options.detections()) {
      runner.sharedView(detection.query());
      runner.sharedView(detection.filter());
    }
  }

  /** A file's SQL with its keys replaced. */
  public String render(SqlFile file) {
    return settings.render(file);
  }

  /**
   * To be called when all files are read that this run needs; what other detections ask for does
   * not count as unasked.
   *
   * @throws UserError if the user gave a value that no file asked for
   */
  public void checkAllAskedFor() {
    files.in("detections", ".sql").forEach(settings::skip);
    files.in("filters", ".sql").forEach(settings::skip);
    settings.checkAllAskedFor();
  }
}
