package io.sysmonflink.jobs.console;

import java.util.Set;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

/**
 * Makes tables {@code WITH ('connector' = 'console', 'name' = 'x', 'format' = 'json')}: a line
 * {@code {"x": ROW}} on standard output for each row.
 */
public final class ConsoleTableFactory implements DynamicTableSinkFactory {

  static final ConfigOption<String> NAME =
      ConfigOptions.key("name")
          .stringType()
          .noDefaultValue()
          .withDescription("What the lines name the rows.");

  @Override
  public String factoryIdentifier() {
    return "console";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(NAME, FactoryUtil.FORMAT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    EncodingFormat<SerializationSchema<RowData>> format =
        helper.discoverEncodingFormat(SerializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validate();
    return new ConsoleTableSink(
        helper.getOptions().get(NAME), format, context.getPhysicalRowDataType());
  }
}
