package io.sysmonflink.kafka;

import io.sysmonflink.format.SysmonFormatOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes tables {@code WITH ('connector' = 'sysmon-kafka', 'topic' = '...')}.
 *
 * <p>Flink's Kafka connector may be missing where no such table is made: this class stands beside
 * others in {@code lib/}, and names no class of Kafka but in methods that a table calls.
 */
public final class SysmonKafkaTableFactory implements DynamicTableSourceFactory {

  public static final String IDENTIFIER = "sysmon-kafka";

  /** What the transactional ids of the job's own sinks begin with. */
  public static final ConfigOption<List<String>> SINK_TRANSACTIONAL_IDS =
      ConfigOptions.key("sink-transactional-ids")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "What the transactional ids of the job's sinks begin with: if one is open when the job starts anew,"
                  + " another job may write under it, and a warning says so.");

  /**
   * One of each jar that is needed; a connector that brings Kafka under another name will not do.
   */
  private static final List<String> NEEDED =
      List.of(
          "org.apache.flink.connector.kafka.source.KafkaSource",
          "org.apache.kafka.clients.consumer.ConsumerRecord");

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return KafkaScanOptions.required();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new HashSet<>(KafkaScanOptions.optional());
    options.add(SysmonFormatOptions.EVENT_CODES);
    options.add(SysmonFormatOptions.PREFILTER);
    options.add(SysmonFormatOptions.TIME_FROM);
    options.add(SysmonFormatOptions.MAX_RECORD_SIZE);
    options.add(SysmonFormatOptions.FAST_PATHS);
    return options;
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    NEEDED.forEach(SysmonKafkaTableFactory::requireClass);
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validateExcept(KafkaScanOptions.CLIENT);
    return new SysmonKafkaTableSource(
        "KafkaSource-" + context.getObjectIdentifier().asSummaryString(),
        KafkaScanOptions.scan(helper.getOptions(), context.getCatalogTable().getOptions()),
        SysmonFormatOptions.decoding(
            (RowType) context.getPhysicalRowDataType().getLogicalType(), helper.getOptions()));
  }

  private static void requireClass(String name) {
    try {
      Class.forName(name, false, SysmonKafkaTableFactory.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ValidationException(
          "connector '%s' needs flink-connector-kafka and kafka-clients beside it: there is no class %s"
              .formatted(IDENTIFIER, name),
          e);
    }
  }
}
