package io.sysmonflink.files;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.PendingSplitsCheckpoint;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Flink's {@link FileSource} over a {@link SysmonBulkFormat}, to which it gives what a format does
 * not get otherwise: the reader's metrics. They are Flink's own {@code numBytesIn} (of the files as
 * they are stored) and {@code numRecordsInErrors} (dead letters).
 */
final class SysmonFileSource
    implements Source<RowData, FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>>,
        ResultTypeQueryable<RowData> {

  private static final long serialVersionUID = 1L;

  private final SysmonBulkFormat format;
  private final FileSource<RowData> files;

  SysmonFileSource(SysmonBulkFormat format, Path[] paths, long splitSize) {
    this.format = format;
    this.files =
        FileSource.forBulkFileFormat(format, paths)
            .setFileEnumerator(() -> new SizeSplittingEnumerator(splitSize))
            .build();
  }

  @Override
  public SourceReader<RowData, FileSourceSplit> createReader(SourceReaderContext context) {
    // Each task has its own copy of this source, and its format is the one that the files read
    // with.
    format.register(context.metricGroup());
    return files.createReader(context);
  }

  @Override
  public Boundedness getBoundedness() {
    return files.getBoundedness();
  }

  @Override
  public SplitEnumerator<FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>>
      createEnumerator(SplitEnumeratorContext<FileSourceSplit> context) {
    return files.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>>
      restoreEnumerator(
          SplitEnumeratorContext<FileSourceSplit> context,
          PendingSplitsCheckpoint<FileSourceSplit> checkpoint) {
    return files.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<FileSourceSplit> getSplitSerializer() {
    return files.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<PendingSplitsCheckpoint<FileSourceSplit>>
      getEnumeratorCheckpointSerializer() {
    return files.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return files.getProducedType();
  }
}
