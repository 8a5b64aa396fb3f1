package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.SqlFile;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;

/**
 * A table to write to, as a file of a sink set declares it.
 *
 * @param file the file
 * @param declared the table's columns and options
 */
record SinkTable(SqlFile file, ResolvedCatalogTable declared) {

  String name() {
    return file.name();
  }

  /** Its columns' names, quoted, with commas between. */
  String columns() {
    return declared.getResolvedSchema().getColumnNames().stream()
        .map(Sql::identifier)
        .collect(Collectors.joining(", "));
  }

  /**
   * A SELECT that gives the sink its columns, each by its name, cast to the declared type.
   *
   * @param expressions the SQL expression of every column there can be
   * @param from what follows FROM
   */
  String select(Map<String, String> expressions, String from) {
    StringJoiner columns = new StringJoiner(",\n  ", "SELECT\n  ", "\nFROM " + from);
    for (Column column : declared.getResolvedSchema().getColumns()) {
      String expression = expressions.get(column.getName());
      if (expression == null) {
        throw file.error(
            "column "
                + column.getName()
                + ": there is no such; there are "
                + String.join(", ", expressions.keySet()));
      }
      columns.add(
          Sql.text(
              "CAST(%s AS %s) AS %s",
              expression,
              Sql.type(column.getDataType().getLogicalType().copy(true)),
              Sql.identifier(column.getName())));
    }
    return columns.toString();
  }
}
