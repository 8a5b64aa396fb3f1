package io.sysmonflink.jobs.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sysmonflink.jobs.Detect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One {@code detect diff} by its command line, over files as the sinks write them. */
record DiffRun(int status, String out, String err) {

  static final String ABUSED = "windows_abused_web_services";
  static final String SUSPICIOUS = "suspicious_process_dns_query_known_abuse_web_services";
  static final String HEADER =
      "Image,QueryName,QueryStatus,process_name,QueryResults,dest,count,firstTime,lastTime";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A row of both sides. */
  record Row(
      String image, String queryName, String processName, long count, String first, String last) {

    static Row of(String image, String queryName) {
      String name = image.substring(image.lastIndexOf('\\') + 1);
      return new Row(image, queryName, name, 2, "2024-11-12T09:41:28", "2024-11-15T07:30:55");
    }

    Row named(String name) {
      return new Row(image, queryName, name, count, first, last);
    }

    Row counted(long times) {
      return new Row(image, queryName, processName, times, first, last);
    }

    Row between(String from, String to) {
      return new Row(image, queryName, processName, count, from, to);
    }

    List<String> values() {
      return List.of(
          image,
          queryName,
          "0",
          processName,
          "::ffff:203.0.113.15;",
          "ws-017",
          String.valueOf(count),
          first,
          last);
    }

    /** As the sink writes it. */
    String json(String detection) {
      ObjectNode row = MAPPER.createObjectNode().put("detection", detection);
      String[] columns = HEADER.split(",", -1);
      for (int i = 0; i < columns.length; i++) {
        if (columns[i].equals("count")) {
          row.put("count", count);
        } else {
          row.put(columns[i], values().get(i));
        }
      }
      row.put("first_seen", first + ".081Z").put("last_seen", last + ".250Z");
      row.putArray("activity").addObject().put("day", "2024-11-12").put("count", count);
      row.put("info_min_time", "2024-11-11T00:00:00Z").put("info_max_time", "2024-11-25T00:00:00Z");
      return row.toString();
    }

    /** As Splunk exports it. */
    String csv() {
      return String.join(",", values().stream().map(Row::quoted).toList());
    }

    private static String quoted(String value) {
      return value.matches("(?s).*[\",\r\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
  }

  /** What a run found, as the files sink writes it; returns the output folder. */
  static Path output(Path output, String detection, List<Row> rows) throws IOException {
    Path folder = Files.createDirectories(output.resolve("detection_results").resolve(detection));
    Files.createDirectories(output.resolve("scan_summary"));
    List<String> lines = rows.stream().map(row -> row.json(detection)).toList();
    int half = lines.size() / 2;
    Files.write(folder.resolve("part-0-0"), lines.subList(0, half));
    Files.write(folder.resolve("part-1-0"), lines.subList(half, lines.size()));
    Files.writeString(folder.resolve(".part-2-0.inprogress"), "not finished");
    return output;
  }

  static String csv(List<Row> rows) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    rows.forEach(row -> lines.add(row.csv()));
    return String.join("\n", lines) + "\n";
  }

  static DiffRun of(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("diff"));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Detect.run(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            all.toArray(String[]::new));
    return new DiffRun(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  JsonNode json() {
    try {
      return MAPPER.readTree(out);
    } catch (IOException e) {
      throw new IllegalStateException(out + err, e);
    }
  }
}
