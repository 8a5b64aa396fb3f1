package io.sysmonflink.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Events as ready-made rows of windows_events, so that a test of the pipeline needs no decoder: a
 * folder for {@code --sql} whose source reads JSON lines, and the lines.
 */
public final class JsonEvents {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  public JsonEvents(Path folder) throws IOException {
    this.folder = folder;
    SqlFile files = SqlFiles.bundled().find("sources/files.sql").orElseThrow();
    String columns = files.text().substring(0, files.text().lastIndexOf(") WITH ("));
    sql(
        "sources/files.sql",
        columns
            + """
            ) WITH (
              'connector' = 'filesystem', 'path' = '${input}', 'format' = 'json',
              'json.timestamp-format.standard' = 'ISO-8601'
            )
            """);
    Files.writeString(input(), "");
  }

  /** Adds an SQL or YAML file. */
  public JsonEvents sql(String path, String text) throws IOException {
    Path file = sql().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Adds an event 22. */
  public JsonEvents dns(String time, String image, String queryName, String computer)
      throws IOException {
    return event(
        Map.of(
            "EventCode", 22,
            "_time", time,
            "Image", image,
            "QueryName", queryName,
            "QueryStatus", "0",
            "QueryResults", "::ffff:192.0.2.1;",
            "Computer", computer));
  }

  /** Adds an event of Sysmon's. */
  public JsonEvents event(Map<String, Object> values) throws IOException {
    Map<String, Object> row = new HashMap<>(values);
    row.put("Provider", "Microsoft-Windows-Sysmon");
    return row(row);
  }

  /** Adds a row of any columns. */
  public JsonEvents row(Map<String, Object> row) throws IOException {
    Files.writeString(input(), JSON.writeValueAsString(row) + "\n", StandardOpenOption.APPEND);
    return this;
  }

  /** The folder for {@code --sql}. */
  public Path sql() {
    return folder.resolve("sql");
  }

  /** The file for {@code --input}. */
  public Path input() {
    return folder.resolve("events.json");
  }
}
