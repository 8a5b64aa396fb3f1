package io.sysmonflink.kafka;

import io.sysmonflink.decode.DecodingSettings;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * A scan of topics. As with files it takes a projection but deliberately no filters from the
 * planner: each detection would become a scan of its own.
 */
final class SysmonKafkaTableSource implements ScanTableSource, SupportsProjectionPushDown {

  private final String operator;
  private final KafkaScan scan;
  private DecodingSettings decoding;

  /** Null while all columns are. */
  private DataType produced;

  /**
   * @param operator the name of the operator that reads
   */
  SysmonKafkaTableSource(String operator, KafkaScan scan, DecodingSettings decoding) {
    this.operator = operator;
    this.scan = scan;
    this.decoding = decoding;
  }

  @Override
  public boolean supportsNestedProjection() {
    return false;
  }

  @Override
  public void applyProjection(int[][] projectedFields, DataType producedDataType) {
    decoding = decoding.project(Arrays.stream(projectedFields).map(path -> path[0]).toList());
    produced = producedDataType;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    TypeInformation<RowData> type =
        produced == null
            ? context.createTypeInformation(decoding.declared())
            : context.createTypeInformation(produced);
    return new Provider(
        operator,
        new SysmonKafkaSource(scan, decoding, type),
        scan.isBounded(),
        scan.parallelism());
  }

  /** Names the operator as Flink's own Kafka connector does, so that a savepoint has it. */
  private record Provider(
      String operator, SysmonKafkaSource source, boolean bounded, Optional<Integer> parallelism)
      implements DataStreamScanProvider {

    @Override
    public DataStream<RowData> produceDataStream(
        ProviderContext context, StreamExecutionEnvironment env) {
      DataStreamSource<RowData> stream =
          env.fromSource(source, WatermarkStrategy.noWatermarks(), operator);
      context.generateUid("kafka").ifPresent(stream::uid);
      return stream;
    }

    @Override
    public boolean isBounded() {
      return bounded;
    }

    @Override
    public Optional<Integer> getParallelism() {
      return parallelism;
    }
  }

  @Override
  public DynamicTableSource copy() {
    SysmonKafkaTableSource copy = new SysmonKafkaTableSource(operator, scan, decoding);
    copy.produced = produced;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return SysmonKafkaTableFactory.IDENTIFIER;
  }
}
