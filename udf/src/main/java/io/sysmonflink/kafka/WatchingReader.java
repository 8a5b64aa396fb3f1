package io.sysmonflink.kafka;

import java.util.List;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.table.data.RowData;

/** Looks, with each checkpoint, whether another job commits under its group. */
final class WatchingReader extends ForwardingReader {

  private final GroupWatch watch;

  WatchingReader(SourceReader<RowData, KafkaPartitionSplit> reader, GroupWatch watch) {
    super(reader);
    this.watch = watch;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    List<KafkaPartitionSplit> splits = super.snapshotState(checkpointId);
    watch.snapshot(checkpointId, splits);
    return splits;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    watch.complete(checkpointId);
    super.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void close() throws Exception {
    watch.close();
    super.close();
  }
}
