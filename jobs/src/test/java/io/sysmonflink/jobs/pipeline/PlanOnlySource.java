package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.streaming.api.legacy.io.CollectionInputFormat;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.types.DataType;

/**
 * A source that the planner sees as it sees the project's own: it takes projections and no filters.
 * It gives no rows.
 */
public final class PlanOnlySource implements DynamicTableSourceFactory {

  /** The bundled source on this connector. */
  static String sql() {
    SqlFile files = SqlFiles.bundled().find("sources/files.sql").orElseThrow();
    String columns = files.text().substring(0, files.text().lastIndexOf(") WITH ("));
    return columns + ") WITH ('connector' = 'plan-only', 'path' = '${input}')";
  }

  @Override
  public String factoryIdentifier() {
    return "plan-only";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(ConfigOptions.key("path").stringType().noDefaultValue());
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    return new Source();
  }

  private static final class Source implements ScanTableSource, SupportsProjectionPushDown {

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }

    @Override
    public boolean supportsNestedProjection() {
      return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {}

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
      return InputFormatProvider.of(new CollectionInputFormat<RowData>(List.of(), null));
    }

    @Override
    public DynamicTableSource copy() {
      return new Source();
    }

    @Override
    public String asSummaryString() {
      return "plan-only";
    }
  }
}
