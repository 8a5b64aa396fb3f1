package io.sysmonflink.format;

import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
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
 * error_type} in a group of its own, {@code skipped} for each {@code event_id} that Sysmon has and
 * for all {@code other}s (an attacker may write any), {@code emptyMessages}. records = decoded +
 * skipped + deadLetters.
 */
final class SysmonDeserializationSchema implements DeserializationSchema<RowData> {

  private static final long serialVersionUID = 1L;

  /** The connector's own metadata tells where a message comes from. */
  private static final StringData NO_SOURCE = StringData.fromString("");

  /** Every id that Sysmon has: 1 to 29, and 255 for its own errors. */
  private static final int[] SYSMON_IDS =
      IntStream.concat(IntStream.rangeClosed(1, 29), IntStream.of(255)).toArray();

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
    for (ErrorType error : ErrorType.values()) {
      metrics
          .addGroup("error_type", error.label())
          .gauge("deadLetters", () -> tally.deadLetters(error));
    }
    for (int id : SYSMON_IDS) {
      skippedGauge(metrics, String.valueOf(id), () -> tally.skipped(id));
    }
    skippedGauge(metrics, "other", () -> skippedOthers(tally));
    emptyMessages = metrics.counter("emptyMessages");
  }

  private static void skippedGauge(MetricGroup metrics, String id, Gauge<Long> count) {
    metrics.addGroup("event_id", id).gauge("skipped", count);
  }

  private static long skippedOthers(ScanTally tally) {
    long known = 0;
    for (int id : SYSMON_IDS) {
      known += tally.skipped(id);
    }
    return tally.skippedCount() - known;
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
