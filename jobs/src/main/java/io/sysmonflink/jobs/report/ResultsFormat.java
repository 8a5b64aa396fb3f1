package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sysmonflink.jobs.pipeline.DetectionResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How results are printed. */
public enum ResultsFormat {

  /** For people: a table for each detection, what could steer a terminal made visible. */
  TABLE {
    @Override
    void print(List<FoundRows> found, int width, PrintWriter out) {
      for (FoundRows detection : found) {
        String name = detection.of().detection().metadata().name();
        List<JsonNode> rows = detection.rows();
        out.println("%s: %s".formatted(name, RunSummary.plural(rows.size(), "row")));
        out.println(rows.isEmpty() ? "(no results)" : table(detection, width));
        out.println();
      }
    }

    private static String table(FoundRows detection, int width) {
      List<String> columns = shownColumns(detection.of());
      TextTable table = new TextTable(columns.toArray(String[]::new));
      for (JsonNode row : detection.rows()) {
        table.row(columns.stream().map(column -> text(row.path(column))).toArray(String[]::new));
      }
      return table.render(width);
    }
  },

  /**
   * For spreadsheets and other programs: the tables' columns, those of all detections beside each
   * other, values as they are.
   */
  CSV {
    @Override
    void print(List<FoundRows> found, int width, PrintWriter out) throws IOException {
      Set<String> columns = new LinkedHashSet<>(List.of("detection"));
      found.forEach(detection -> columns.addAll(shownColumns(detection.of())));
      CsvSchema schema =
          CsvSchema.builder().addColumns(columns, CsvSchema.ColumnType.STRING).build();
      ObjectWriter csv =
          CsvMapper.builder()
              .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
              .build()
              .writer(schema.withHeader());
      try (SequenceWriter lines = csv.writeValues(new Unclosed(out))) {
        for (FoundRows detection : found) {
          Set<String> own = Set.copyOf(shownColumns(detection.of()));
          for (JsonNode row : detection.rows()) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (String column : columns) {
              boolean has = column.equals("detection") || own.contains(column);
              cells.put(column, has ? text(row.path(column)) : "");
            }
            lines.write(cells);
          }
        }
      }
    }
  },

  /** For programs: a line for each row, with all columns, as {@code --output} writes them. */
  JSON {
    @Override
    void print(List<FoundRows> found, int width, PrintWriter out) throws IOException {
      JsonMapper json = new JsonMapper();
      for (FoundRows detection : found) {
        for (JsonNode row : detection.rows()) {
          out.println(json.writeValueAsString(row));
        }
      }
    }
  };

  /** In the results for programs' sake; firstTime and lastTime say the same to people. */
  private static final Set<String> NOT_SHOWN = Set.of("first_seen", "last_seen", "activity");

  /**
   * Prints what was found.
   *
   * @param width characters in a line of a table, 0 for no limit
   */
  abstract void print(List<FoundRows> found, int width, PrintWriter out) throws IOException;

  /**
   * A detection's rows.
   *
   * @param of the detection's results
   * @param rows as they were written, newest first
   */
  record FoundRows(DetectionResults of, List<JsonNode> rows) {}

  private static List<String> shownColumns(DetectionResults results) {
    return results.schema().getColumnNames().stream()
        .filter(column -> !NOT_SHOWN.contains(column))
        .toList();
  }

  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText("");
  }

  /** Standard output stays open. */
  private static final class Unclosed extends PrintWriter {

    Unclosed(PrintWriter out) {
      super(out);
    }

    @Override
    public void close() {
      flush();
    }
  }
}
