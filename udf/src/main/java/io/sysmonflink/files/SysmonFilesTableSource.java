package io.sysmonflink.files;

import io.sysmonflink.format.DecodingSettings;
import io.sysmonflink.format.EventIds;
import io.sysmonflink.format.TimeFrom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A bounded scan of files. It takes a projection but deliberately no filters: with filters in the
 * source, each detection would become a scan of its own.
 */
final class SysmonFilesTableSource implements ScanTableSource, SupportsProjectionPushDown {

  private final List<Path> paths;
  private final EventIds eventIds;
  private final TimeFrom timeFrom;
  private final ReadSizes sizes;
  private final RowType declared;

  /** Indices of the declared columns that are produced. */
  private List<Integer> projection;

  private DataType produced;

  SysmonFilesTableSource(
      List<Path> paths, EventIds eventIds, TimeFrom timeFrom, ReadSizes sizes, RowType declared) {
    this.paths = List.copyOf(paths);
    this.eventIds = eventIds;
    this.timeFrom = timeFrom;
    this.sizes = sizes;
    this.declared = declared;
    this.projection = IntStream.range(0, declared.getFieldCount()).boxed().toList();
  }

  @Override
  public boolean supportsNestedProjection() {
    return false;
  }

  @Override
  public void applyProjection(int[][] projectedFields, DataType producedDataType) {
    projection = Arrays.stream(projectedFields).map(path -> path[0]).toList();
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
            ? context.createTypeInformation(declared)
            : context.createTypeInformation(produced);
    DecodingSettings settings =
        new DecodingSettings(declared, projection, eventIds, sizes.maxRecord(), timeFrom);
    return SourceProvider.of(
        new SysmonFileSource(
            new SysmonBulkFormat(settings, sizes.block(), type),
            paths.toArray(Path[]::new),
            sizes.split()));
  }

  @Override
  public DynamicTableSource copy() {
    SysmonFilesTableSource copy =
        new SysmonFilesTableSource(paths, eventIds, timeFrom, sizes, declared);
    copy.projection = projection;
    copy.produced = produced;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "sysmon-files";
  }
}
