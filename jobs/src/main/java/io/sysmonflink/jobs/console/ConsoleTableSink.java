package io.sysmonflink.jobs.console;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** Takes inserts and changes by key; a row that goes is not shown. */
record ConsoleTableSink(
    String name, EncodingFormat<SerializationSchema<RowData>> format, DataType type)
    implements DynamicTableSink {

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return requested.containsOnly(org.apache.flink.types.RowKind.INSERT)
        ? ChangelogMode.insertOnly()
        : ChangelogMode.upsert();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return SinkV2Provider.of(new ConsoleSink(name, format.createRuntimeEncoder(context, type)));
  }

  @Override
  public DynamicTableSink copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return "console";
  }
}
