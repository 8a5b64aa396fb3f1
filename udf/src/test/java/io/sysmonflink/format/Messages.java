package io.sysmonflink.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

/** The format {@code sysmon} as a connector uses it. */
public final class Messages {

  private Messages() {}

  /** The opened schema of a table with these options of the format. */
  public static DeserializationSchema<RowData> schema(DataType table, Map<String, String> options)
      throws Exception {
    return schema(table, options, new UnregisteredMetricsGroup());
  }

  /** The same with a group that takes its metrics. */
  static DeserializationSchema<RowData> schema(
      DataType table, Map<String, String> options, MetricGroup metrics) throws Exception {
    DeserializationSchema<RowData> schema =
        new SysmonFormatFactory()
            .createDecodingFormat(context(table), Configuration.fromMap(options))
            .createRuntimeDecoder(ScanRuntimeProviderContext.INSTANCE, table);
    schema.open(
        new DeserializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return metrics;
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
          }
        });
    return schema;
  }

  private static DynamicTableFactory.Context context(DataType table) {
    ResolvedSchema columns =
        ResolvedSchema.physical(DataType.getFieldNames(table), DataType.getFieldDataTypes(table));
    Schema schema = Schema.newBuilder().fromResolvedSchema(columns).build();
    return new FactoryUtil.DefaultDynamicTableContext(
        ObjectIdentifier.of("catalog", "database", "messages"),
        new ResolvedCatalogTable(CatalogTable.newBuilder().schema(schema).build(), columns),
        Map.of(),
        new Configuration(),
        Messages.class.getClassLoader(),
        true);
  }

  /** The rows of one message. */
  public static List<RowData> rows(DeserializationSchema<RowData> schema, byte[] message)
      throws IOException {
    List<RowData> rows = new ArrayList<>();
    schema.deserialize(message, new ListCollector<>(rows));
    return rows;
  }
}
