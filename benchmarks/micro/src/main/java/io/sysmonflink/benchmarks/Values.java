package io.sysmonflink.benchmarks;

import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/** The values of a column, one after the other, again and again. */
final class Values {

  private final StringData[] values;
  private int next;

  private Values(List<StringData> values) {
    this.values = values.toArray(StringData[]::new);
  }

  /** The very objects that the reader gives: the same one where it knows the value already. */
  static Values asRead(String column) {
    return new Values(column(column));
  }

  /** The same texts, each an object of its own. */
  static Values ownObjects(String column) {
    return new Values(
        column(column).stream().map(v -> StringData.fromBytes(v.toBytes().clone())).toList());
  }

  /** One of them, always. */
  static Values one(String column) {
    return new Values(column(column).subList(0, 1));
  }

  static Values of(List<String> texts) {
    return new Values(texts.stream().map(t -> (StringData) StringData.fromString(t)).toList());
  }

  private static List<StringData> column(String name) {
    int column = EventLog.COLUMNS.getFieldIndex(name);
    List<RowData> rows = EventLog.rows(SysmonLog.Kind.DNS);
    return rows.stream().map(row -> row.getString(column)).toList();
  }

  StringData next() {
    if (next == values.length) {
      next = 0;
    }
    return values[next++];
  }
}
