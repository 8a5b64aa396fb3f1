package io.sysmonflink.format;

import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.util.Collector;

/**
 * Reads a message, one or several records in any shape, to rows. No message makes it fail: what
 * cannot be read becomes a dead letter. A message without bytes (a tombstone) is counted, no more.
 *
 * <p>Metrics, in the group {@code sysmon}: {@code records}, {@code bytes}, {@code decoded}, {@code
 * skipped} (records whose id no detection asks for), {@code deadLetters}, the same for each {@code
 * error_type} in a group of its own, {@code decoded} and {@code skipped} for each {@code event_id}
 * that Sysmon has and for all {@code other}s (an attacker may write any), {@code emptyMessages};
 * {@code lists}, {@code repaired} and {@code noProvider} of the decoded, and {@code framing}.
 * records = decoded + skipped + deadLetters. An event that another program wrote under one of
 * Sysmon's ids counts among the others where it is decoded; one that is skipped is not looked into.
 */
final class SysmonDeserializationSchema implements DeserializationSchema<RowData> {

  private static final long serialVersionUID = 1L;

  /** The connector's own metadata tells where a message comes from. */
  private static final StringData NO_SOURCE = StringData.fromString("");

  private final DecodingSettings settings;
  private final TypeInformation<RowData> type;

  private transient RecordDecoder decoder;
  private transient Counter emptyMessages;

  SysmonDeserializationSchema(DecodingSettings settings, TypeInformation<RowData> type) {
    this.settings = settings;
    this.type = type;
  }

  @Override
  public void open(InitializationContext context) {
    decoder = new RecordDecoder(settings, System::currentTimeMillis);
    ScanTally tally = decoder.tally();
    MetricGroup metrics = context.getMetricGroup().addGroup("sysmon");
    metrics.gauge("records", tally::records);
    metrics.gauge("bytes", tally::bytes);
    metrics.gauge("decoded", tally::decoded);
    metrics.gauge("skipped", tally::skippedCount);
    metrics.gauge("deadLetters", tally::deadLetterCount);
    metrics.gauge("lists", tally::lists);
    metrics.gauge("repaired", tally::repaired);
    metrics.gauge("framing", tally::framing);
    metrics.gauge("noProvider", tally::noProviderCount);
    for (ErrorType error : ErrorType.values()) {
      metrics
          .addGroup("error_type", error.label())
          .gauge("deadLetters", () -> tally.deadLetters(error));
    }
    byEventId(metrics, "decoded", tally::decoded, tally::decodedOfSysmon);
    byEventId(metrics, "skipped", tally::skippedCount, tally::skipped);
    emptyMessages = metrics.counter("emptyMessages");
  }

  private static void byEventId(
      MetricGroup metrics, String name, LongSupplier all, IntToLongFunction ofSysmon) {
    for (int id : SysmonEvents.IDS) {
      metrics.addGroup("event_id", String.valueOf(id)).gauge(name, () -> ofSysmon.applyAsLong(id));
    }
    metrics
        .addGroup("event_id", "other")
        .gauge(
            name,
            () ->
                all.getAsLong() - SysmonEvents.IDS.stream().mapToLong(ofSysmon::applyAsLong).sum());
  }

  @Override
  public void deserialize(byte[] message, Collector<RowData> out) {
    if (message == null || message.length == 0) {
      emptyMessages.inc();
      return;
    }
    decoder.startRun();
    decoder.tally().bytes(message.length);
    byte[] text = Utf16.toUtf8(message);
    decoder.decode(text, text.length, true, NO_SOURCE, 0, out::collect);
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
