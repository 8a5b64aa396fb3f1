package io.sysmonflink.kafka;

import io.sysmonflink.decode.DecodingSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Flink's {@link KafkaSource} of Windows events. Splits, state and metrics are its own. Messages
 * that are gone before they are read are reported: see {@link GapReader}. Where the scan is
 * bounded, each reader that reached its end emits a tally for each topic that it read: see {@link
 * TallyingReader}.
 */
final class SysmonKafkaSource
    implements Source<RowData, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<RowData>,
        LineageVertexProvider {

  private static final long serialVersionUID = 1L;

  /** The very object that {@link #kafka} reads with, in each task's copy of this source too. */
  private final MessageSchema schema;

  private final KafkaSource<RowData> kafka;
  private final Properties client;

  /** What the transactional ids of the job's sinks begin with. */
  private final ArrayList<String> transactionalIds;

  /** In a JobManager: whether the job has been started in it. */
  private transient boolean started;

  SysmonKafkaSource(KafkaScan scan, DecodingSettings decoding, TypeInformation<RowData> type) {
    schema = new MessageSchema(decoding, type, scan.isBounded());
    kafka = scan.source(schema);
    client = scan.client();
    transactionalIds = new ArrayList<>(scan.transactionalIds());
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SourceReader<RowData, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    SourceReader<RowData, KafkaPartitionSplit> reader =
        new GapReader(kafka.createReader(context), schema, client);
    if (schema.hasTallies()) {
      return new TallyingReader(reader, schema);
    }
    String group = client.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
    if (group == null) {
      return reader;
    }
    Counter others = context.metricGroup().addGroup("sysmon").counter("otherCommits");
    return new WatchingReader(reader, new GroupWatch(new PartitionOffsets(client), group, others));
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    // Only at a fresh start, and not when the job fails before its first checkpoint: then its own
    // transactions may be open.
    if (!started) {
      started = true;
      SinkWatch.look(client, transactionalIds, context.metricGroup());
    }
    return kafka.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws IOException {
    return kafka.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return kafka.getProducedType();
  }

  @Override
  public LineageVertex getLineageVertex() {
    return kafka.getLineageVertex();
  }
}
