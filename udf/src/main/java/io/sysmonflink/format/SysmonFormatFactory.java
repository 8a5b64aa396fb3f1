package io.sysmonflink.format;

import static io.sysmonflink.format.SysmonFormatOptions.EVENT_CODES;
import static io.sysmonflink.format.SysmonFormatOptions.FAST_PATHS;
import static io.sysmonflink.format.SysmonFormatOptions.MAX_RECORD_SIZE;
import static io.sysmonflink.format.SysmonFormatOptions.PREFILTER;
import static io.sysmonflink.format.SysmonFormatOptions.TIME_FROM;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The format {@code sysmon}: messages that hold Sysmon records, in every shape that files have them
 * in.
 */
public final class SysmonFormatFactory implements DeserializationFormatFactory {

  public static final String IDENTIFIER = "sysmon";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(EVENT_CODES, PREFILTER, TIME_FROM, MAX_RECORD_SIZE, FAST_PATHS);
  }

  @Override
  public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    // Of these columns a connector may take some for a key; but what is wrong is told now.
    SysmonFormatOptions.decoding(
        (RowType) context.getPhysicalRowDataType().getLogicalType(), options);
    return new Format(options);
  }

  private record Format(ReadableConfig options)
      implements ProjectableDecodingFormat<DeserializationSchema<RowData>> {

    @Override
    public DeserializationSchema<RowData> createRuntimeDecoder(
        DynamicTableSource.Context context, DataType physical, int[][] projections) {
      List<Integer> projection = Arrays.stream(projections).map(path -> path[0]).toList();
      DataType produced = Projection.of(projections).project(physical);
      RowType declared = (RowType) physical.getLogicalType();
      return new SysmonDeserializationSchema(
          SysmonFormatOptions.decoding(declared, options).project(projection),
          context.createTypeInformation(produced));
    }

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }
  }
}
