package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.catalog.UserError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.operators.collect.CollectSinkOperatorFactory;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * The drilldown searches of a host over what earlier runs wrote, as the files in {@code
 * drilldowns/} have them.
 */
public final class Drilldown {

  private static final List<String> BOUNDS = List.of("detection", "info_min_time", "info_max_time");

  /** A busy host's lists of values make a large row; Flink's own limit is 2 MB. */
  private static final MemorySize LARGEST_ROW = MemorySize.ofMebiBytes(64);

  private final SqlFiles files;
  private final RunOptions options;
  private final SqlFileRunner runner;
  private final EarlierOutput written;

  /**
   * Takes where to look; call each drilldown once.
   *
   * @param env of bounded mode; its session time zone is set to UTC
   * @param options {@code sinks} says how it was written, {@code dest} whom to look for
   * @param notes takes what is left out and why, in a line each
   */
  public Drilldown(
      TableEnvironment env, Catalog catalog, RunOptions options, Consumer<String> notes) {
    this.files = catalog.files();
    this.options = options;
    this.runner = new SqlFileRunner(env, new Settings(options));
    this.written = new EarlierOutput(env, runner, options.kafka(), notes);
    env.getConfig().setLocalTimeZone(ZoneOffset.UTC);
    env.getConfig().set(CollectSinkOperatorFactory.MAX_BATCH_SIZE, LARGEST_ROW);
    Functions.register(env, options.mode());
  }

  /**
   * The time range of the search that made the host's newest row, by detection; none for one that
   * has no row.
   *
   * @param places for each place the values of {@code ${key}} where results lie
   */
  public Map<String, SearchWindow> searches(List<Map<String, String>> places) throws Exception {
    Map<String, SearchWindow> searches = new TreeMap<>();
    for (Map<String, Object> row : rows(newestSearch(places))) {
      Instant earliest = (Instant) row.get("info_min_time");
      Instant latest = (Instant) row.get("info_max_time");
      if (row.get("detection") == null
          || earliest == null
          || latest == null
          || !earliest.isBefore(latest)) {
        throw new UserError("a result does not say which search made it: " + row);
      }
      searches.put((String) row.get("detection"), new SearchWindow(earliest, latest));
    }
    return searches;
  }

  /**
   * The host's risk events within the options' window, added up: a row for each name it has.
   *
   * @param places for each place the values of {@code ${key}} where risk events lie
   * @return each row's columns in order; a value is a String, a Long, a String[] or null
   */
  public List<Map<String, Object>> risk(List<Map<String, String>> places) throws Exception {
    return rows(riskSearch(places));
  }

  /**
   * Plans every drilldown and runs none; to be called in place of the others.
   *
   * @param places as above, of both
   * @param errors takes what is wrong
   */
  public void check(List<Map<String, String>> places, Consumer<UserError> errors) {
    for (Consumer<List<Map<String, String>>> drilldown :
        List.<Consumer<List<Map<String, String>>>>of(this::newestSearch, this::riskSearch)) {
      try {
        drilldown.accept(places);
      } catch (UserError e) {
        errors.accept(e);
      }
    }
  }

  private Table newestSearch(List<Map<String, String>> places) {
    written.view(sink("detection_results"), places, "dest");
    SqlFile file = files.get("drilldowns/newest_search.sql");
    Table search = query(file);
    if (!search.getResolvedSchema().getColumnNames().equals(BOUNDS)) {
      throw file.error(
          Sql.text(
              "must give %s, and gives %s", BOUNDS, search.getResolvedSchema().getColumnNames()));
    }
    return search;
  }

  private Table riskSearch(List<Map<String, String>> places) {
    written.view(sink("risk_events"), places, null);
    runner.mergedView(files.get("drilldowns/attack_tactics.sql"));
    return query(files.get("drilldowns/risk.sql"));
  }

  private Table query(SqlFile file) {
    return runner.query(file, Map.of("dest", options.dest().orElseThrow()));
  }

  private static List<Map<String, Object>> rows(Table table) throws Exception {
    List<String> columns = table.getResolvedSchema().getColumnNames();
    List<Map<String, Object>> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = table.execute().collect()) {
      found.forEachRemaining(
          row -> {
            Map<String, Object> values = new LinkedHashMap<>();
            columns.forEach(column -> values.put(column, row.getField(column)));
            rows.add(values);
          });
    }
    return rows;
  }

  private SqlFile sink(String table) {
    return files.get("sinks/" + options.sinks() + "/" + table + ".sql");
  }
}
