package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.RuntimeContextInitializationContextAdapters;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.util.Collector;

/**
 * Tables {@code WITH ('connector' = 'in-memory')}: a topic without a broker. The lines of a file
 * are the messages; they are kept in memory and come again and again, until there were so many.
 * Each task tells at its end, on standard error, how long its messages took.
 */
public final class InMemorySource implements DynamicTableSourceFactory {

  /** What it tells at its end: {@code in-memory: 1000 messages in 0.5 s}. */
  static final String SAYS = "in-memory: ";

  private static final ConfigOption<String> PATH =
      ConfigOptions.key("path").stringType().noDefaultValue();
  private static final ConfigOption<Long> MESSAGES =
      ConfigOptions.key("messages").longType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return "in-memory";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(PATH, MESSAGES, FactoryUtil.FORMAT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    DecodingFormat<DeserializationSchema<RowData>> format =
        helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validate();
    return new Source(
        helper.getOptions().get(PATH),
        helper.getOptions().get(MESSAGES),
        format,
        context.getPhysicalRowDataType());
  }

  private record Source(
      String path,
      long messages,
      DecodingFormat<DeserializationSchema<RowData>> format,
      DataType type)
      implements ScanTableSource {

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
      DeserializationSchema<RowData> schema = format.createRuntimeDecoder(context, type);
      return new DataStreamScanProvider() {
        @Override
        public DataStream<RowData> produceDataStream(
            ProviderContext provider, StreamExecutionEnvironment env) {
          return env.fromSequence(0, messages - 1)
              .flatMap(new Read(path, schema))
              .returns(schema.getProducedType());
        }

        @Override
        public boolean isBounded() {
          return true;
        }
      };
    }

    @Override
    public DynamicTableSource copy() {
      return this;
    }

    @Override
    public String asSummaryString() {
      return "in-memory";
    }
  }

  private static final class Read extends RichFlatMapFunction<Long, RowData> {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final DeserializationSchema<RowData> schema;

    private transient byte[][] lines;
    private transient long count;
    private transient long started;

    Read(String path, DeserializationSchema<RowData> schema) {
      this.path = path;
      this.schema = schema;
    }

    @Override
    public void open(OpenContext context) throws Exception {
      lines = lines(path);
      schema.open(
          RuntimeContextInitializationContextAdapters.deserializationAdapter(getRuntimeContext()));
    }

    private static byte[][] lines(String path) throws IOException {
      return Files.readAllLines(Path.of(path)).stream()
          .map(line -> line.getBytes(StandardCharsets.UTF_8))
          .toArray(byte[][]::new);
    }

    @Override
    public void flatMap(Long number, Collector<RowData> out) throws IOException {
      if (count++ == 0) {
        started = System.nanoTime();
      }
      schema.deserialize(lines[(int) (number % lines.length)], out);
    }

    @Override
    public void close() {
      System.err.printf(
          "%s%d messages in %.3f s%n", SAYS, count, (System.nanoTime() - started) / 1e9);
    }
  }
}
