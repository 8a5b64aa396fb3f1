package io.sysmonflink.decode.event;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * The columns of a table of Windows events that are no fields of EventData, and their types: those
 * of the envelope, of a dead letter and of a tally. A column of any other name is a field of
 * EventData, a STRING.
 */
public enum TableColumn {
  EVENT_CODE("EventCode", LogicalTypeRoot.INTEGER),
  TIME("_time", LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE),
  COMPUTER("Computer", LogicalTypeRoot.VARCHAR),
  CHANNEL("Channel", LogicalTypeRoot.VARCHAR),
  PROVIDER("Provider", LogicalTypeRoot.VARCHAR),
  RECORD_ID("RecordId", LogicalTypeRoot.BIGINT),
  SOURCE("source", LogicalTypeRoot.VARCHAR),
  POSITION("position", LogicalTypeRoot.BIGINT),
  ERROR_TYPE("error_type", LogicalTypeRoot.VARCHAR),
  ERROR_MESSAGE("error_message", LogicalTypeRoot.VARCHAR),
  RAW_PAYLOAD("raw_payload", LogicalTypeRoot.VARBINARY),
  TALLY("tally", LogicalTypeRoot.ROW);

  private static final Map<String, TableColumn> BY_NAME = new HashMap<>();

  static {
    for (TableColumn column : values()) {
      BY_NAME.put(column.columnName, column);
    }
  }

  private final String columnName;
  private final LogicalTypeRoot type;

  TableColumn(String columnName, LogicalTypeRoot type) {
    this.columnName = columnName;
    this.type = type;
  }

  /** The column of this name; null where that is a field of EventData. */
  public static TableColumn of(String name) {
    return BY_NAME.get(name);
  }

  /** Whether a column is a field of EventData. */
  public static boolean isOfEventData(String name) {
    return !BY_NAME.containsKey(name);
  }

  public LogicalTypeRoot type() {
    return type;
  }
}
