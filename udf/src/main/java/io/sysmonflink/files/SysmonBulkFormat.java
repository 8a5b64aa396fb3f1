package io.sysmonflink.files;

import io.sysmonflink.format.DecodingSettings;
import io.sysmonflink.format.RecordReader;
import io.sysmonflink.format.SafeCut;
import io.sysmonflink.format.Utf16;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.IOUtils;

/** Reads a part of a file: from the first safe cut at its start to the first after its end. */
final class SysmonBulkFormat implements BulkFormat<RowData, FileSourceSplit> {

  private static final long serialVersionUID = 1L;

  private final DecodingSettings settings;
  private final int blockSize;
  private final TypeInformation<RowData> type;

  /** Of the task that this copy reads in. */
  private transient Counter bytesIn = new SimpleCounter();

  private transient Counter errors = new SimpleCounter();

  SysmonBulkFormat(DecodingSettings settings, int blockSize, TypeInformation<RowData> type) {
    this.settings = settings;
    this.blockSize = blockSize;
    this.type = type;
  }

  /** Counts into these metrics from now on. */
  void register(SourceReaderMetricGroup metrics) {
    bytesIn = metrics.getIOMetricGroup().getNumBytesInCounter();
    errors = metrics.getNumRecordsInErrorsCounter();
  }

  @Override
  public Reader<RowData> createReader(Configuration config, FileSourceSplit split)
      throws IOException {
    Path path = split.path();
    try {
      return open(path, split.offset(), split.offset() + split.length());
    } catch (IOException e) {
      throw SplitReader.unreadable(path, e);
    }
  }

  /**
   * Reads the split again from its start, so that its tally is whole, and skips what was emitted.
   */
  @Override
  public Reader<RowData> restoreReader(Configuration config, FileSourceSplit split)
      throws IOException {
    SplitReader reader = (SplitReader) createReader(config, split);
    reader.skip(
        split.getReaderPosition().map(CheckpointedPosition::getRecordsAfterOffset).orElse(0L));
    return reader;
  }

  private SplitReader open(Path path, long from, long to) throws IOException {
    FSDataInputStream file = path.getFileSystem().open(path);
    try {
      Optional<Compression> compression = Compression.of(path.getName());
      if (compression.isPresent()) {
        return reader(path, file, Utf16.toUtf8(compression.get().decompress(file)), 0, blockSize);
      }
      if (from == 0 && Utf16.isIn(file)) {
        // The enumerator does not cut such a file.
        return reader(path, file, Utf16.toUtf8(file), 0, blockSize);
      }
      long fileLength = path.getFileSystem().getFileStatus(path).getLen();
      SafeCut.Part part = SafeCut.part(file, from, to, fileLength, settings.maxRecordSize());
      long length = part.end() - part.start();
      // A small part takes no larger buffer than it needs; one byte more shows that it is all.
      int block = (int) Math.min(blockSize, length + 1);
      return reader(path, file, new LimitedInputStream(file, length), part.start(), block);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeQuietly(file);
      throw e;
    }
  }

  private SplitReader reader(
      Path path, FSDataInputStream file, InputStream text, long start, int block)
      throws IOException {
    RecordReader records =
        new RecordReader(text, settings, path.toString(), start, block, System::currentTimeMillis);
    return new SplitReader(path, file, records, bytesIn, errors);
  }

  @Override
  public boolean isSplittable() {
    return true;
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return type;
  }
}
