package io.sysmonflink.files;

import static io.sysmonflink.files.SysmonFilesOptions.BLOCK_SIZE;
import static io.sysmonflink.files.SysmonFilesOptions.EVENT_CODES;
import static io.sysmonflink.files.SysmonFilesOptions.MAX_RECORD_SIZE;
import static io.sysmonflink.files.SysmonFilesOptions.PATH;
import static io.sysmonflink.files.SysmonFilesOptions.SPLIT_SIZE;
import static io.sysmonflink.files.SysmonFilesOptions.TIME_FROM;

import io.sysmonflink.format.EventIds;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/** Makes tables {@code WITH ('connector' = 'sysmon-files', 'path' = '...')}. */
public final class SysmonFilesTableFactory implements DynamicTableSourceFactory {

  public static final String IDENTIFIER = "sysmon-files";

  private static final Pattern HAS_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private static final int LARGEST_RECORD = 512 * 1024 * 1024;

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(PATH);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(EVENT_CODES, TIME_FROM, SPLIT_SIZE, MAX_RECORD_SIZE, BLOCK_SIZE);
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    ReadableConfig options = helper.getOptions();
    return new SysmonFilesTableSource(
        options.get(PATH).stream().map(SysmonFilesTableFactory::path).toList(),
        options
            .getOptional(EVENT_CODES)
            .map(SysmonFilesTableFactory::eventIds)
            .orElseGet(EventIds::all),
        options.get(TIME_FROM),
        new ReadSizes(
            bytes(options, SPLIT_SIZE, 1, Long.MAX_VALUE),
            (int) bytes(options, BLOCK_SIZE, 1, LARGEST_RECORD),
            (int) bytes(options, MAX_RECORD_SIZE, 1024, LARGEST_RECORD)),
        (RowType) context.getPhysicalRowDataType().getLogicalType());
  }

  private static Path path(String entry) {
    if (!HAS_SCHEME.matcher(entry).matches()) {
      return new Path(entry);
    }
    try {
      return new Path(URI.create(entry));
    } catch (IllegalArgumentException e) {
      throw new ValidationException(
          "option 'path': not a URI: " + entry + ": " + e.getMessage(), e);
    }
  }

  private static EventIds eventIds(List<Integer> codes) {
    try {
      return EventIds.of(new HashSet<>(codes));
    } catch (IllegalArgumentException e) {
      throw new ValidationException("option 'event-codes': " + e.getMessage(), e);
    }
  }

  private static long bytes(
      ReadableConfig options, ConfigOption<MemorySize> option, long least, long most) {
    long bytes = options.get(option).getBytes();
    if (bytes < least || bytes > most) {
      throw new ValidationException(
          "option '%s' is to be from %d to %d bytes, not %d"
              .formatted(option.key(), least, most, bytes));
    }
    return bytes;
  }
}
