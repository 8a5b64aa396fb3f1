package io.sysmonflink.files;

import io.sysmonflink.decode.DecodingSettings;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * A bounded scan of files. It takes a projection but deliberately no filters from the planner: each
 * detection would become a scan of its own. One filter for all is an option of the table.
 */
final class SysmonFilesTableSource implements ScanTableSource, SupportsProjectionPushDown {

  private final List<Path> paths;
  private final ReadSizes sizes;
  private final boolean strict;
  private DecodingSettings decoding;

  /** Null while all columns are. */
  private DataType produced;

  SysmonFilesTableSource(
      List<Path> paths, ReadSizes sizes, boolean strict, DecodingSettings decoding) {
    this.strict = strict;
    this.paths = List.copyOf(paths);
    this.sizes = sizes;
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
    return SourceProvider.of(
        new SysmonFileSource(
            new SysmonBulkFormat(decoding, sizes.block(), type, strict),
            paths.toArray(Path[]::new),
            sizes.split()));
  }

  @Override
  public DynamicTableSource copy() {
    SysmonFilesTableSource copy = new SysmonFilesTableSource(paths, sizes, strict, decoding);
    copy.produced = produced;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "sysmon-files";
  }
}
