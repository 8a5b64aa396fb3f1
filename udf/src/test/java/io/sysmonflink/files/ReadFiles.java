package io.sysmonflink.files;

import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/**
 * What the connector makes of files, one part after the other and without a job; a test may change
 * them between the steps.
 */
final class ReadFiles {

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("RecordId", DataTypes.BIGINT()),
                  DataTypes.FIELD("source", DataTypes.STRING()),
                  DataTypes.FIELD("error_type", DataTypes.STRING()),
                  DataTypes.FIELD("error_message", DataTypes.STRING()),
                  DataTypes.FIELD(
                      "tally",
                      DataTypes.ROW(
                          DataTypes.FIELD("records", DataTypes.BIGINT()),
                          DataTypes.FIELD("bytes", DataTypes.BIGINT()),
                          DataTypes.FIELD("appended", DataTypes.BIGINT()))))
              .getLogicalType();

  private final SysmonBulkFormat format;

  final List<Long> ids = new ArrayList<>();

  /** {@code error_type of FILE: error_message}. */
  final List<String> deadLetters = new ArrayList<>();

  long records;
  long bytes;
  long appended;

  ReadFiles(boolean strict) {
    DecodingSettings settings =
        DecodingSettings.of(TYPE, EventIds.of(Set.of(22)), 1 << 20, TimeFrom.LOG);
    format = new SysmonBulkFormat(settings, 1_000, InternalTypeInfo.of(TYPE), strict);
  }

  /** Lists and reads files that nobody changes. */
  static ReadFiles of(Path... paths) throws IOException {
    ReadFiles read = new ReadFiles(false);
    for (FileSourceSplit split : list(1 << 20, paths)) {
      read.add(split);
    }
    return read;
  }

  static Collection<FileSourceSplit> list(long splitSize, Path... paths) throws IOException {
    return new SizeSplittingEnumerator(splitSize)
        .enumerateSplits(
            Arrays.stream(paths)
                .map(path -> new org.apache.flink.core.fs.Path(path.toUri()))
                .toArray(org.apache.flink.core.fs.Path[]::new),
            1);
  }

  void add(FileSourceSplit split) throws IOException {
    rest(open(split));
  }

  BulkFormat.Reader<RowData> open(FileSourceSplit split) throws IOException {
    return format.createReader(new Configuration(), split);
  }

  void rest(BulkFormat.Reader<RowData> reader) throws IOException {
    try (reader) {
      for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
        for (var row = batch.next(); row != null; row = batch.next()) {
          add(row.getRecord());
        }
      }
    }
  }

  private void add(RowData row) {
    String source = row.getString(1).toString();
    if (!row.isNullAt(4)) {
      RowData tally = row.getRow(4, 3);
      records += tally.getLong(0);
      bytes += tally.getLong(1);
      appended += tally.getLong(2);
    } else if (!row.isNullAt(2)) {
      String file = source.substring(source.lastIndexOf('/') + 1);
      deadLetters.add(row.getString(2) + " of " + file + ": " + row.getString(3));
    } else {
      ids.add(row.getLong(0));
    }
  }

  /** An event on a line, of one length for ids of as many digits. */
  static String event(int recordId) {
    return "<Event><System><EventID>22</EventID><EventRecordID>"
        + recordId
        + "</EventRecordID><TimeCreated SystemTime='2024-11-01T00:00:01Z'/></System>"
        + "<EventData></EventData></Event>\n";
  }

  /** Events with the ids from 1,000 on. */
  static String events(int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < number; i++) {
      text.append(event(1_000 + i));
    }
    return text.toString();
  }
}
