package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** How results are printed. */
public enum ResultsFormat {

  /** For people: a table for each detection, what could steer a terminal made visible. */
  TABLE {
    @Override
    public void print(List<FoundRows> found, int width, PrintWriter out) {
      for (FoundRows one : found) {
        List<JsonNode> rows = one.rows();
        out.println("%s: %s".formatted(one.title(), RunSummary.plural(rows.size(), "row")));
        out.println(rows.isEmpty() ? "(no results)" : table(one, width));
        out.println();
      }
    }

    private static String table(FoundRows found, int width) {
      List<String> columns = found.columns();
      TextTable table = new TextTable(columns.toArray(String[]::new));
      for (JsonNode row : found.rows()) {
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
    public void print(List<FoundRows> found, int width, PrintWriter out) throws IOException {
      printCsv(found, cell -> cell, out);
    }
  },

  /** The same for spreadsheets, which take some values for formulas and run them. */
  CSV_EXCEL {
    @Override
    public void print(List<FoundRows> found, int width, PrintWriter out) throws IOException {
      printCsv(found, ResultsFormat::defused, out);
    }

    @Override
    public String toString() {
      return "csv-excel";
    }
  },

  /** For programs: a line for each row, with all columns, as {@code --output} writes them. */
  JSON {
    @Override
    public void print(List<FoundRows> found, int width, PrintWriter out) throws IOException {
      JsonMapper json = new JsonMapper();
      for (FoundRows one : found) {
        for (JsonNode row : one.rows()) {
          out.println(json.writeValueAsString(row));
        }
      }
    }
  };

  /** What makes a spreadsheet take a value for a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private static String defused(String cell) {
    return !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }

  private static void printCsv(
      List<FoundRows> found, UnaryOperator<String> changed, PrintWriter out) throws IOException {
    Set<String> columns = new LinkedHashSet<>();
    if (found.stream().anyMatch(FoundRows::detection)) {
      columns.add("detection");
    }
    found.forEach(one -> columns.addAll(one.columns()));
    if (columns.isEmpty()) {
      return;
    }
    CsvSchema schema = CsvSchema.builder().addColumns(columns, CsvSchema.ColumnType.STRING).build();
    ObjectWriter csv =
        CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build()
            .writer(schema.withHeader());
    try (SequenceWriter lines = csv.writeValues(new Unclosed(out))) {
      for (FoundRows one : found) {
        Set<String> own = Set.copyOf(one.columns());
        for (JsonNode row : one.rows()) {
          Map<String, String> cells = new LinkedHashMap<>();
          for (String column : columns) {
            boolean has = column.equals("detection") || own.contains(column);
            cells.put(column, has ? changed.apply(text(row.path(column))) : "");
          }
          lines.write(cells);
        }
      }
    }
  }

  /**
   * Prints what was found.
   *
   * @param width characters in a line of a table, 0 for no limit
   */
  public abstract void print(List<FoundRows> found, int width, PrintWriter out) throws IOException;

  private static String text(JsonNode value) {
    if (value.isArray()) { // as of a multivalue field
      return StreamSupport.stream(value.spliterator(), false)
          .map(ResultsFormat::text)
          .collect(Collectors.joining("; "));
    }
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
