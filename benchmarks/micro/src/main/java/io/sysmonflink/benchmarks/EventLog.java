package io.sysmonflink.benchmarks;

import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.RecordReader;
import io.sysmonflink.decode.event.TimeFrom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Some events of a generated log in memory, and the job's own reader of them. */
final class EventLog {

  static final int EVENTS = 20_000;

  /** What both detections read. */
  static final RowType COLUMNS =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("EventCode", DataTypes.INT()),
                  DataTypes.FIELD("_time", DataTypes.TIMESTAMP_LTZ(3)),
                  DataTypes.FIELD("Computer", DataTypes.STRING()),
                  DataTypes.FIELD("Channel", DataTypes.STRING()),
                  DataTypes.FIELD("Provider", DataTypes.STRING()),
                  DataTypes.FIELD("source", DataTypes.STRING()),
                  DataTypes.FIELD("position", DataTypes.BIGINT()),
                  DataTypes.FIELD("error_type", DataTypes.STRING()),
                  DataTypes.FIELD("error_message", DataTypes.STRING()),
                  DataTypes.FIELD("raw_payload", DataTypes.BYTES()),
                  DataTypes.FIELD("Image", DataTypes.STRING()),
                  DataTypes.FIELD("QueryName", DataTypes.STRING()),
                  DataTypes.FIELD("QueryResults", DataTypes.STRING()),
                  DataTypes.FIELD("QueryStatus", DataTypes.STRING()))
              .getLogicalType();

  private static final long SEED = 22;

  /** The defaults of {@code block-size} and {@code max-record-size}. */
  private static final int BLOCK = 256 << 10;

  private static final int MAX_RECORD = 1 << 20;

  private static final DecodingSettings SETTINGS =
      DecodingSettings.of(COLUMNS,
          EventIds.of(Set.of(22)),
          MAX_RECORD,
          TimeFrom.LOG);

  private EventLog() {}

  static byte[] bytes(SysmonLog.Kind kind, Shape shape) {
    SysmonLog log = new SysmonLog(kind, SEED);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      shape.append(text, log.next((double) i / EVENTS));
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static RecordReader reader(byte[] log) {
    return new RecordReader(
        new ByteArrayInputStream(log), SETTINGS, "log", 0, BLOCK, System::currentTimeMillis);
  }

  /** The events 22 of a log, as the reader hands them to the functions. */
  static List<RowData> rows(SysmonLog.Kind kind) {
    List<RowData> rows = new ArrayList<>();
    try (RecordReader reader = reader(bytes(kind, Shape.WINDOWS_XML))) {
      while (reader.readBlock(rows)) {
        // until the end
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    rows.remove(rows.size() - 1); // the tally
    return rows;
  }
}
