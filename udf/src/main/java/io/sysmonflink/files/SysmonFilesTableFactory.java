package io.sysmonflink.files;

import static io.sysmonflink.files.SysmonFilesOptions.BLOCK_SIZE;
import static io.sysmonflink.files.SysmonFilesOptions.PATH;
import static io.sysmonflink.files.SysmonFilesOptions.SPLIT_SIZE;
import static io.sysmonflink.files.SysmonFilesOptions.STRICT;
import static io.sysmonflink.format.SysmonFormatOptions.EVENT_CODES;
import static io.sysmonflink.format.SysmonFormatOptions.FAST_PATHS;
import static io.sysmonflink.format.SysmonFormatOptions.MAX_RECORD_SIZE;
import static io.sysmonflink.format.SysmonFormatOptions.PREFILTER;
import static io.sysmonflink.format.SysmonFormatOptions.TIME_FROM;

import io.sysmonflink.format.SysmonFormatOptions;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
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
    return Set.of(
        EVENT_CODES,
        PREFILTER,
        TIME_FROM,
        SPLIT_SIZE,
        MAX_RECORD_SIZE,
        BLOCK_SIZE,
        STRICT,
        FAST_PATHS);
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    ReadableConfig options = helper.getOptions();
    return new SysmonFilesTableSource(
        options.get(PATH).stream().map(SysmonFilesTableFactory::path).toList(),
        new ReadSizes(splitSize(options), SysmonFormatOptions.bytes(options, BLOCK_SIZE, 1)),
        options.get(STRICT),
        SysmonFormatOptions.decoding(
            (RowType) context.getPhysicalRowDataType().getLogicalType(), options));
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

  private static long splitSize(ReadableConfig options) {
    long bytes = options.get(SPLIT_SIZE).getBytes();
    if (bytes < 1) {
      throw new ValidationException("option 'split-size' must be 1 byte or more, not " + bytes);
    }
    return bytes;
  }
}
