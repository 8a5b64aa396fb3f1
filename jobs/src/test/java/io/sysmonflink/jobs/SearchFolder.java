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
 * A test's folder with a log to search, in NXLog's flat JSON, and SQL and YAML files of its own.
 */
public final class SearchFolder {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  public SearchFolder(Path folder) throws IOException {
    this.folder = folder;
    SqlFile macro = SqlFiles.bundled().find("macros/sysmon.sql").orElseThrow();
    sql(macro.path(), macro.text()); // an empty folder would be an error
    Files.writeString(log(), "");
  }

  /** Adds an SQL or YAML file. */
  public SearchFolder sql(String path, String text) throws IOException {
    Path file = sql().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Adds an event 22; the time is written as Sysmon does, {@code 2024-09-30 10:00:00.123}. */
  public SearchFolder dns(String time, String image, String queryName, String computer)
      throws IOException {
    return event(
        22,
        time,
        Map.of(
            "Image", image,
            "QueryName", queryName,
            "QueryStatus", "0",
            "QueryResults", "::ffff:192.0.2.1;",
            "Hostname", computer));
  }

  /** Adds an event of Sysmon's. */
  public SearchFolder event(int id, String time, Map<String, String> values) throws IOException {
    Map<String, Object> event = new HashMap<>(values);
    event.put("EventID", id);
    event.put("UtcTime", time);
    event.put("SourceName", "Microsoft-Windows-Sysmon");
    event.put("Channel", "Microsoft-Windows-Sysmon/Operational");
    return line(JSON.writeValueAsString(event));
  }

  /** Adds a line of any text to the log. */
  public SearchFolder line(String text) throws IOException {
    Files.writeString(log(), text + "\n", StandardOpenOption.APPEND);
    return this;
  }

  /** The folder for {@code --sql}. */
  public Path sql() {
    return folder.resolve("sql");
  }

  /** The file for {@code --input}. */
  public Path log() {
    return folder.resolve("events.ndjson");
  }
}
