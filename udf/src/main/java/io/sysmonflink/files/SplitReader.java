package io.sysmonflink.files;

import io.sysmonflink.format.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.data.RowData;

/** Hands the rows of a part of a file to Flink, a batch for each block. */
final class SplitReader implements BulkFormat.Reader<RowData> {

  private final Path path;
  private final RecordReader reader;

  /** Rows handed out so far, those that were skipped included. */
  private long emitted;

  private List<RowData> skippedInto = List.of();

  SplitReader(Path path, RecordReader reader) {
    this.path = path;
    this.reader = reader;
  }

  /** Leaves out the first rows, which a run before a failure has emitted already. */
  void skip(long rows) throws IOException {
    List<RowData> batch = new ArrayList<>();
    while (emitted < rows && readBlock(batch)) {
      if (emitted + batch.size() > rows) {
        skippedInto = batch.subList((int) (rows - emitted), batch.size());
        emitted = rows;
        return;
      }
      emitted += batch.size();
      batch.clear();
    }
  }

  @Override
  public BulkFormat.RecordIterator<RowData> readBatch() throws IOException {
    List<RowData> batch = new ArrayList<>(skippedInto);
    skippedInto = List.of();
    // An empty batch is handed out as well: Flink then looks whether the task was cancelled.
    if (batch.isEmpty() && !readBlock(batch)) {
      return null;
    }
    var rows =
        new IteratorResultIterator<>(batch.iterator(), CheckpointedPosition.NO_OFFSET, emitted);
    emitted += batch.size();
    return rows;
  }

  private boolean readBlock(List<RowData> target) throws IOException {
    try {
      return reader.readBlock(target);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static IOException unreadable(Path path, IOException e) {
    return new IOException("cannot read " + path + ": " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
