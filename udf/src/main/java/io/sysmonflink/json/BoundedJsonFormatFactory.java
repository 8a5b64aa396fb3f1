package io.sysmonflink.json;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The format {@code bounded-json}: Flink's own {@code json}, with all its options, but no row takes
 * more than {@code max-bytes}. The longest values of a larger row are cut to what fits; a text that
 * was cut ends in its length and its SHA-256, so that two that differ stay two. Reading is {@code
 * json}'s.
 *
 * @see BoundedJsonSchema
 */
public final class BoundedJsonFormatFactory
    implements SerializationFormatFactory, DeserializationFormatFactory {

  public static final String IDENTIFIER = "bounded-json";

  public static final ConfigOption<Integer> MAX_BYTES =
      ConfigOptions.key("max-bytes")
          .intType()
          .defaultValue(1_000_000)
          .withDescription("How many bytes of JSON a row may have; 1024 at the least.");

  /** So that what is left of each value is more than its mark. */
  private static final int LEAST = 1024;

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
    Set<ConfigOption<?>> options =
        new HashSet<>(json(SerializationFormatFactory.class).optionalOptions());
    options.add(MAX_BYTES);
    return options;
  }

  @Override
  public EncodingFormat<SerializationSchema<RowData>> createEncodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    int maxBytes = options.get(MAX_BYTES);
    if (maxBytes < LEAST) {
      throw new ValidationException(
          "option '%s' must be %s or more, not %s".formatted(MAX_BYTES.key(), LEAST, maxBytes));
    }
    return new Format(
        json(SerializationFormatFactory.class).createEncodingFormat(context, options), maxBytes);
  }

  @Override
  public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    return json(DeserializationFormatFactory.class).createDecodingFormat(context, options);
  }

  private static <T extends Factory> T json(Class<T> kind) {
    return FactoryUtil.discoverFactory(
        BoundedJsonFormatFactory.class.getClassLoader(), kind, "json");
  }

  private record Format(EncodingFormat<SerializationSchema<RowData>> json, int maxBytes)
      implements EncodingFormat<SerializationSchema<RowData>> {

    @Override
    public SerializationSchema<RowData> createRuntimeEncoder(
        DynamicTableSink.Context context, DataType type) {
      return new BoundedJsonSchema(
          json.createRuntimeEncoder(context, type),
          new RowValues((RowType) type.getLogicalType()),
          maxBytes);
    }

    @Override
    public ChangelogMode getChangelogMode() {
      return json.getChangelogMode();
    }
  }
}
