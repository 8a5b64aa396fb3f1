package io.sysmonflink.files;

import java.io.IOException;
import java.util.Collection;
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
import org.apache.flink.connector.file.src.assigners.LocalityAwareSplitAssigner;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Flink's {@link FileSource} over a {@link SysmonBulkFormat}, with splits handed out by {@link
 * QueueingEnumerator}. It gives the format what it does not get otherwise: the reader's metrics.
 * They are Flink's own {@code numBytesIn} (of the files as they are stored) and {@code
 * numRecordsInErrors} (dead letters).
 */
final class SysmonFileSource
    implements Source<RowData, FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>>,
        ResultTypeQueryable<RowData> {

  private static final long serialVersionUID = 1L;

  private final SysmonBulkFormat format;
  private final Path[] paths;
  private final long splitSize;
  private final FileSource<RowData> files;

  SysmonFileSource(SysmonBulkFormat format, Path[] paths, long splitSize) {
    this.format = format;
    this.paths = paths.clone();
    this.splitSize = splitSize;
    this.files = FileSource.forBulkFileFormat(format, paths).build();
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
      createEnumerator(SplitEnumeratorContext<FileSourceSplit> context) throws IOException {
    return enumerator(
        context,
        new SizeSplittingEnumerator(splitSize)
            .enumerateSplits(paths, context.currentParallelism()));
  }

  @Override
  public SplitEnumerator<FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>>
      restoreEnumerator(
          SplitEnumeratorContext<FileSourceSplit> context,
          PendingSplitsCheckpoint<FileSourceSplit> checkpoint) {
    return enumerator(context, checkpoint.getSplits());
  }

  private static QueueingEnumerator enumerator(
      SplitEnumeratorContext<FileSourceSplit> context, Collection<FileSourceSplit> splits) {
    return new QueueingEnumerator(context, new LocalityAwareSplitAssigner(splits));
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
