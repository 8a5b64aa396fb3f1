package io.sysmonflink.decode;

import io.sysmonflink.decode.bytes.Utf16;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.event.SysmonEvents;
import io.sysmonflink.decode.row.ScanTally;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/**
 * Reads messages, each with one or several records in any shape, to rows. No message makes it fail:
 * what cannot be read becomes a dead letter. A message without bytes (a tombstone) is counted by a
 * metric; it holds no record and is in no tally.
 *
 * <p>Records are counted in tallies, of which there may be one for all messages or one for each
 * topic. Metrics are their sum, in the group {@code sysmon}: {@code records}, {@code bytes}, {@code
 * decoded}, {@code skipped} (records whose id no detection asks for), {@code deadLetters}, the same
 * for each {@code error_type} in a group of its own, {@code decoded} and {@code skipped} for each
 * {@code event_id} that Sysmon has and for all {@code other}s (an attacker may write any), {@code
 * emptyMessages}; {@code lists}, {@code repaired} and {@code noProvider} of the decoded, and {@code
 * framing}. records = decoded + skipped + deadLetters. An event that another program wrote under
 * one of Sysmon's ids counts among the others where it is decoded; one that is skipped is not
 * looked into.
 */
public final class MessageDecoder {

  private static final String POSITION = "position";

  /** Of a format: the connector's own metadata tells where a message comes from. */
  private static final StringData NO_SOURCE = StringData.fromString("");

  private static final String ALL_MESSAGES = "";

  private final DecodingSettings settings;
  private final LongSupplier clock;

  /** The index of {@code position} in the rows, below zero where they have none. */
  private final int position;

  /** By what they count. The thread that reports metrics looks at them too. */
  private final Map<String, RecordDecoder> decoders = new ConcurrentHashMap<>();

  private final Counter emptyMessages;

  /**
   * @param metrics below which the metrics stand
   * @param clock the time now in milliseconds
   */
  public MessageDecoder(DecodingSettings settings, MetricGroup metrics, LongSupplier clock) {
    this.settings = settings;
    this.clock = clock;
    this.position =
        settings.projection().indexOf(settings.declared().getFieldNames().indexOf(POSITION));
    MetricGroup group = metrics.addGroup("sysmon");
    group.gauge("records", () -> sum(ScanTally::records));
    group.gauge("bytes", () -> sum(ScanTally::bytes));
    group.gauge("decoded", () -> sum(ScanTally::decoded));
    group.gauge("skipped", () -> sum(ScanTally::skippedCount));
    group.gauge("deadLetters", () -> sum(ScanTally::deadLetterCount));
    group.gauge("lists", () -> sum(ScanTally::lists));
    group.gauge("repaired", () -> sum(ScanTally::repaired));
    group.gauge("framing", () -> sum(ScanTally::framing));
    group.gauge("noProvider", () -> sum(ScanTally::noProviderCount));
    for (ErrorType error : ErrorType.values()) {
      group
          .addGroup("error_type", error.label())
          .gauge("deadLetters", () -> sum(tally -> tally.deadLetters(error)));
    }
    byEventId(
        group,
        "decoded",
        () -> sum(ScanTally::decoded),
        id -> sum(tally -> tally.decodedOfSysmon(id)));
    byEventId(
        group,
        "skipped",
        () -> sum(ScanTally::skippedCount),
        id -> sum(tally -> tally.skipped(id)));
    emptyMessages = group.counter("emptyMessages");
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

  private long sum(ToLongFunction<ScanTally> count) {
    return decoders.values().stream().map(RecordDecoder::tally).mapToLong(count).sum();
  }

  /** Hands over the rows of a message; {@code position} is a record's place in it. */
  public void decode(byte[] message, Consumer<RowData> target) {
    decode(ALL_MESSAGES, message, NO_SOURCE, target);
  }

  /**
   * Hands over the rows of a message.
   *
   * @param counted names the tally that counts it
   * @param message may be null or empty
   * @param source what the rows name as their source
   * @param offset what they name as their position
   */
  public void decode(
      String counted, byte[] message, StringData source, long offset, Consumer<RowData> target) {
    decode(
        counted,
        message,
        source,
        position < 0
            ? target
            : row -> {
              ((GenericRowData) row).setField(position, offset);
              target.accept(row);
            });
  }

  private void decode(String counted, byte[] message, StringData source, Consumer<RowData> target) {
    if (message == null || message.length == 0) {
      emptyMessages.inc();
      return;
    }
    RecordDecoder decoder = decoder(counted);
    decoder.startRun();
    decoder.tally().bytes(message.length);
    byte[] text = Utf16.toUtf8(message);
    decoder.decode(text, text.length, true, source, 0, target);
  }

  /**
   * Hands over the dead letter for messages that are gone, which counts as one record.
   *
   * @param counted names the tally that counts it
   * @param source what the row names as its source
   * @param offset of the first that is gone
   * @param message what happened
   */
  public void offsetsLost(
      String counted, StringData source, long offset, String message, Consumer<RowData> target) {
    decoder(counted).fault(ErrorType.OFFSETS_LOST, message, source, offset, target);
  }

  /** Begins a tally, if it is not there yet; one that counts nothing is told of too. */
  public void beginTally(String name) {
    decoder(name);
  }

  private RecordDecoder decoder(String counted) {
    return decoders.computeIfAbsent(
        counted,
        name -> {
          RecordDecoder decoder = new RecordDecoder(settings, clock);
          decoder.tally().began(clock.getAsLong());
          return decoder;
        });
  }

  /** Hands over a row for each tally, with its name as source and position 0. */
  public void endTallies(Consumer<RowData> target) {
    new TreeMap<>(decoders)
        .forEach(
            (name, decoder) -> {
              decoder.tally().ended(clock.getAsLong());
              target.accept(decoder.tallyRow(StringData.fromString(name), 0));
            });
  }
}
