package io.sysmonflink.decode;

import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;

/** Reads one column of one record. */
public final class OneColumn {

  private OneColumn() {}

  /** Null where the event has no such field; a dead letter fails. */
  public static String of(String record, String column) {
    RowType type =
        (RowType)
            DataTypes.ROW(
                    DataTypes.FIELD("error_message", DataTypes.STRING()),
                    DataTypes.FIELD(column, DataTypes.STRING()))
                .getLogicalType();
    List<RowData> rows = new ArrayList<>();
    byte[] b = record.getBytes(StandardCharsets.UTF_8);
    new RecordDecoder(
            DecodingSettings.of(type, EventIds.all(), 1 << 20, TimeFrom.LOG),
            System::currentTimeMillis)
        .decode(b, b.length, true, StringData.fromString("test"), 0, rows::add);
    if (rows.size() != 1 || !rows.get(0).isNullAt(0)) {
      throw new AssertionError(rows + " of " + record);
    }
    return rows.get(0).isNullAt(1) ? null : rows.get(0).getString(1).toString();
  }
}
