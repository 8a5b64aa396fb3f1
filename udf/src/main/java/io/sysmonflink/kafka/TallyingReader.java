package io.sysmonflink.kafka;

import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;
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
final class TallyingReader extends ForwardingReader {

  private final MessageSchema schema;
  private boolean emitted;

  /**
   * @param schema what the reader reads with
   */
  TallyingReader(SourceReader<RowData, KafkaPartitionSplit> reader, MessageSchema schema) {
    super(reader);
    this.schema = schema;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RowData> output) throws Exception {
    InputStatus status = super.pollNext(output);
    if (status == InputStatus.END_OF_INPUT && !emitted) {
      emitted = true;
      schema.endTallies(output::collect);
    }
    return status;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    splits.forEach(split -> schema.beginTally(split.getTopic()));
    super.addSplits(splits);
  }
}
