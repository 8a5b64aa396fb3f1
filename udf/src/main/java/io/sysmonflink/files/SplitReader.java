package io.sysmonflink.files;

import io.sysmonflink.decode.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/** Hands the rows of a part of a file to Flink, in batches. */
final class SplitReader implements BulkFormat.Reader<RowData> {

  /**
   * A batch is handed out when so many bytes were read for it, or so many rows are in it. Of most
   * blocks hardly a row is left, and to hand over a batch wakes another thread. An empty batch is
   * handed out as well: Flink then looks whether the task was cancelled.
   */
  private static final long BATCH_BYTES = 8 << 20;

  private static final int BATCH_ROWS = 500;

  private final Path path;

  /** Null where there is none to read from. */
  private final FSDataInputStream file;

  private final RecordReader reader;
  private final Counter bytesIn;
  private final Counter errors;

  /** What was counted so far: the place in the file, and the dead letters. */
  private long countedPosition;

  private long countedDeadLetters;

  /** Rows handed out so far, those that were skipped included. */
  private long emitted;

  private List<RowData> skippedInto = List.of();

  /**
   * @param file below the reader; its position shows how many bytes were read as they are stored.
   *     Null where it could not be opened
   */
  SplitReader(
      Path path, FSDataInputStream file, RecordReader reader, Counter bytesIn, Counter errors)
      throws IOException {
    this.path = path;
    this.file = file;
    this.reader = reader;
    this.bytesIn = bytesIn;
    this.errors = errors;
    this.countedPosition = file == null ? 0 : file.getPos();
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
    long enough = reader.tally().bytes() + BATCH_BYTES;
    boolean more = true;
    while (more && batch.size() < BATCH_ROWS && reader.tally().bytes() < enough) {
      more = readBlock(batch);
    }
    if (!more && batch.isEmpty()) {
      return null;
    }
    var rows =
        new IteratorResultIterator<>(batch.iterator(), CheckpointedPosition.NO_OFFSET, emitted);
    emitted += batch.size();
    return rows;
  }

  private boolean readBlock(List<RowData> target) throws IOException {
    try {
      boolean read = reader.readBlock(target);
      count();
      return read;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private void count() throws IOException {
    if (file != null) {
      long position = file.getPos();
      bytesIn.inc(position - countedPosition);
      countedPosition = position;
    }
    long deadLetters = reader.tally().deadLetterCount();
    errors.inc(deadLetters - countedDeadLetters);
    countedDeadLetters = deadLetters;
  }

  /** A failure that names the file. */
  static IOException unreadable(Path path, Exception e) {
    return new IOException(
        "cannot read " + FileListing.shown(path) + ": " + FileListing.reason(e), e);
  }

  @Override
  public void close() throws IOException {
    try (FSDataInputStream opened = file) {
      reader.close();
    }
  }
}
