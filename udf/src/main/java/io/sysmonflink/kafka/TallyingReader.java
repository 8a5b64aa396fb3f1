package io.sysmonflink.kafka;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;

/**
 * Reads as another reader does and, when that one has reached its end, emits a row for each topic
 * that it was given a partition of: what it read of it.
 *
 * <p>The tallies are in no checkpoint. In batch there is none: a reader that fails starts over, and
 * so do its tallies, which therefore are of all that it emits. In a bounded streaming run that went
 * on from a checkpoint they are of what was read since.
 */
final class TallyingReader implements SourceReader<RowData, KafkaPartitionSplit> {

  private final SourceReader<RowData, KafkaPartitionSplit> reader;
  private final MessageSchema schema;
  private boolean told;

  /**
   * @param schema what the reader reads with
   */
  TallyingReader(SourceReader<RowData, KafkaPartitionSplit> reader, MessageSchema schema) {
    this.reader = reader;
    this.schema = schema;
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RowData> output) throws Exception {
    InputStatus status = reader.pollNext(output);
    if (status == InputStatus.END_OF_INPUT && !told) {
      told = true;
      schema.endTallies(output::collect);
    }
    return status;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    splits.forEach(split -> schema.beginTally(split.getTopic()));
    reader.addSplits(splits);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    reader.pauseOrResumeSplits(toPause, toResume);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }
}
