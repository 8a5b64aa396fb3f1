package io.sysmonflink.files;

import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.RecordReader;
import io.sysmonflink.decode.SourceEnd;
import io.sysmonflink.decode.bytes.Utf16;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.frame.SafeCut;
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
  private final boolean strict;

  /** The counter of the task that this copy reads in. */
  private transient Counter bytesIn = new SimpleCounter();

  private transient Counter errors = new SimpleCounter();

  /**
   * Takes what is read and how.
   *
   * @param strict whether to fail at a file that cannot be read or has changed, instead of giving a
   *     dead letter of it
   */
  SysmonBulkFormat(
      DecodingSettings settings, int blockSize, TypeInformation<RowData> type, boolean strict) {
    this.strict = strict;
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
    ListedFile listed = new ListedFile(split);
    Optional<String> known = listed.fault();
    if (known.isPresent()) {
      return nothing(split, () -> fault(ErrorType.UNREADABLE_FILE, known.get()));
    }
    try {
      return open(split, listed);
    } catch (IOException e) {
      if (strict || !(FileListing.lasts(e) || FileListing.isLocal(split.path()))) {
        throw SplitReader.unreadable(split.path(), e);
      }
      return nothing(split, () -> end(listed, false, e, "it cannot be opened: "));
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

  private SplitReader open(FileSourceSplit split, ListedFile listed) throws IOException {
    Path path = split.path();
    boolean local = FileListing.isLocal(path);
    FSDataInputStream file = path.getFileSystem().open(path);
    try {
      long now = path.getFileSystem().getFileStatus(path).getLen();
      // What was appended since is not read: who listed it did not know of it.
      long fileLength = Math.min(now, split.fileSize());
      Optional<Compression> compression = Compression.of(path.getName());
      boolean whole = compression.isPresent() || (split.offset() == 0 && Utf16.isIn(file));
      SafeCut.Part part =
          whole // The enumerator does not cut such a file.
              ? new SafeCut.Part(0, fileLength)
              : SafeCut.part(
                  file,
                  split.offset(),
                  split.offset() + split.length(),
                  fileLength,
                  settings.maxRecordSize());
      OpenPart open = new OpenPart(file, part, compression, now < split.fileSize());
      ReadableStream bytes =
          new ReadableStream(
              open::bytes,
              compression.isPresent() ? open::bytesOfDamaged : null,
              failure -> !strict && (local || !open.hasFailed()));
      // A small part takes no larger buffer than it needs; one byte more shows that it is all.
      int block = whole ? blockSize : (int) Math.min(blockSize, part.end() - part.start() + 1);
      return reader(
          path,
          file,
          whole ? Utf16.toUtf8(bytes) : bytes,
          part.start(),
          block,
          () -> end(listed, open.isCut(), bytes.failure(), "it cannot be read further: "));
    } catch (IOException | RuntimeException e) {
      IOUtils.closeQuietly(file);
      throw e;
    }
  }

  /** The reader of a file from which nothing can be read. */
  private SplitReader nothing(FileSourceSplit split, SourceEnd.Look end) throws IOException {
    return reader(split.path(), null, InputStream.nullInputStream(), split.offset(), 1, end);
  }

  private SplitReader reader(
      Path path,
      FSDataInputStream file,
      InputStream text,
      long start,
      int block,
      SourceEnd.Look end)
      throws IOException {
    RecordReader records =
        new RecordReader(
            text, settings, path.toString(), start, block, System::currentTimeMillis, end);
    return new SplitReader(path, file, records, bytesIn, errors);
  }

  private SourceEnd end(ListedFile listed, boolean cut, Exception failure, String couldNot)
      throws IOException {
    ListedFile.Change change = listed.change();
    if (change.isLoss() || cut) {
      String how = change.isLoss() ? change.inWords() : "it was shorter for a while";
      return fault(ErrorType.CHANGED_FILE, how);
    }
    return failure == null
        ? new SourceEnd(Optional.empty(), change.appended())
        : fault(ErrorType.UNREADABLE_FILE, couldNot + FileListing.reason(failure));
  }

  private SourceEnd fault(ErrorType type, String message) throws IOException {
    if (strict) {
      throw new IOException(message);
    }
    return new SourceEnd(Optional.of(new SourceEnd.SourceFault(type, message)), 0);
  }

  /** The bytes of a part, and what has become of them. */
  private static final class OpenPart {

    private final FSDataInputStream file;
    private final SafeCut.Part part;
    private final Optional<Compression> compression;
    private final boolean shrunk;
    private LimitedInputStream stored;

    OpenPart(
        FSDataInputStream file,
        SafeCut.Part part,
        Optional<Compression> compression,
        boolean shrunk) {
      this.file = file;
      this.part = part;
      this.compression = compression;
      this.shrunk = shrunk;
    }

    InputStream bytes() throws IOException {
      InputStream in = fromTheStart();
      return compression.isPresent() ? compression.get().decompress(in) : in;
    }

    InputStream bytesOfDamaged() throws IOException {
      return compression.orElseThrow().decompressDamaged(fromTheStart());
    }

    private InputStream fromTheStart() throws IOException {
      file.seek(part.start());
      stored = new LimitedInputStream(file, part.end() - part.start());
      return stored;
    }

    /** Whether the file system failed, and not what reads from it. */
    boolean hasFailed() {
      return stored == null || stored.failed();
    }

    /** Whether the file did not have all the bytes that it had when it was listed. */
    boolean isCut() {
      return shrunk || (compression.isEmpty() && stored != null && stored.endedEarly());
    }
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
