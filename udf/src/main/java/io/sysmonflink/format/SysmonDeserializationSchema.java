package io.sysmonflink.format;

import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.MessageDecoder;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/** Reads messages to rows, for any connector that brings messages: see {@link MessageDecoder}. */
final class SysmonDeserializationSchema implements DeserializationSchema<RowData> {

  private static final long serialVersionUID = 1L;

  private final DecodingSettings settings;
  private final TypeInformation<RowData> type;

  private transient MessageDecoder decoder;

  SysmonDeserializationSchema(DecodingSettings settings, TypeInformation<RowData> type) {
    this.settings = settings;
    this.type = type;
  }

  @Override
  public void open(InitializationContext context) {
    decoder = new MessageDecoder(settings, context.getMetricGroup(), System::currentTimeMillis);
  }

  @Override
  public void deserialize(byte[] message, Collector<RowData> out) {
    decoder.decode(message, out::collect);
  }

  @Override
  public RowData deserialize(byte[] message) {
    throw new UnsupportedOperationException("a message may hold any number of records");
  }

  @Override
  public boolean isEndOfStream(RowData row) {
    return false;
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return type;
  }
}
