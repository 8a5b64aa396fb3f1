package io.sysmonflink.decode;

import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import io.sysmonflink.decode.row.ScanTally;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Reads bytes to rows, printed; a dead letter is its error_type. */
public final class Rows {

  public static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("EventCode", DataTypes.INT()),
                  DataTypes.FIELD("_time", DataTypes.TIMESTAMP_LTZ(3)),
                  DataTypes.FIELD("Computer", DataTypes.STRING()),
                  DataTypes.FIELD("Channel", DataTypes.STRING()),
                  DataTypes.FIELD("Provider", DataTypes.STRING()),
                  DataTypes.FIELD("RecordId", DataTypes.BIGINT()),
                  DataTypes.FIELD("QueryName", DataTypes.STRING()),
                  DataTypes.FIELD("QueryStatus", DataTypes.STRING()),
                  DataTypes.FIELD("QueryResults", DataTypes.STRING()),
                  DataTypes.FIELD("Image", DataTypes.STRING()),
                  DataTypes.FIELD("error_type", DataTypes.STRING()),
                  DataTypes.FIELD("error_message", DataTypes.STRING()),
                  DataTypes.FIELD("raw_payload", DataTypes.BYTES()),
                  DataTypes.FIELD("position", DataTypes.BIGINT()))
              .getLogicalType();

  private static final int COLUMNS = TYPE.getFieldIndex("error_type");
  private static final Instant NOW = Instant.parse("2024-11-30T00:00:00Z");

  private final List<String> texts = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final List<String> payloads = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private ScanTally tally;

  private Rows() {}

  public static Rows of(String log, EventIds wanted) {
    return of(log.getBytes(StandardCharsets.UTF_8), wanted, TimeFrom.LOG, 1 << 20);
  }

  static Rows of(byte[] log, EventIds wanted, TimeFrom timeFrom, int blockSize) {
    return of(log, DecodingSettings.of(TYPE, wanted, 1 << 20, timeFrom), blockSize);
  }

  public static Rows of(byte[] log, DecodingSettings settings, int blockSize) {
    Rows rows = new Rows();
    try (RecordReader reader =
        new RecordReader(
            new ByteArrayInputStream(log), settings, "test", 0, blockSize, NOW::toEpochMilli)) {
      List<RowData> read = new ArrayList<>();
      while (reader.readBlock(read)) {
        // until the end
      }
      // The last row is the tally.
      read.subList(0, read.size() - 1).forEach(rows::add);
      rows.tally = reader.tally();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  public List<String> texts() {
    return texts;
  }

  /** Of the dead letters. */
  public List<String> messages() {
    return messages;
  }

  /** Of the dead letters. */
  public List<String> payloads() {
    return payloads;
  }

  /** Of the dead letters. */
  public List<Long> positions() {
    return positions;
  }

  public ScanTally tally() {
    return tally;
  }

  private void add(RowData row) {
    if (!row.isNullAt(COLUMNS)) {
      texts.add(row.getString(COLUMNS).toString());
      messages.add(row.getString(COLUMNS + 1).toString());
      payloads.add(new String(row.getBinary(COLUMNS + 2), StandardCharsets.UTF_8));
      positions.add(row.getLong(COLUMNS + 3));
      return;
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      Object value = RowData.createFieldGetter(TYPE.getTypeAt(i), i).getFieldOrNull(row);
      boolean time = TYPE.getFieldNames().get(i).equals("_time");
      values.add(time ? row.getTimestamp(i, 3).toInstant().toString() : String.valueOf(value));
    }
    texts.add(String.join("|", values));
  }
}
