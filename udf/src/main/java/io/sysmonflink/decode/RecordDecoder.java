package io.sysmonflink.decode;

import io.sysmonflink.decode.bytes.Latin1;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.deadletter.UnreadShape;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.frame.RecordFramer;
import io.sysmonflink.decode.parse.json.JsonElements;
import io.sysmonflink.decode.row.EventRows;
import io.sysmonflink.decode.row.ScanTally;
import io.sysmonflink.decode.skip.PrefilterMatcher;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/**
 * Makes rows of the records in a run of bytes: one for each event with a wanted id that the
 * prefilter lets pass and one for each bad record, in their order. Counts them all.
 */
final class RecordDecoder {

  private final int maxRecordSize;
  private final EventDecoder decoder;
  private final EventRows rows;
  private final EventFields event;
  private final PrefilterMatcher prefilter;
  private final ScanTally tally = new ScanTally();
  private RecordFramer framer;

  /** Of the call that is under way: the bytes as Latin-1. */
  private String text = "";

  private StringData source;

  private Consumer<RowData> target;

  /**
   * @param clock the time now in milliseconds
   */
  RecordDecoder(DecodingSettings settings, LongSupplier clock) {
    this.maxRecordSize = settings.maxRecordSize();
    this.decoder = new EventDecoder(settings, clock);
    this.rows =
        new EventRows(settings.declared(), settings.projection(), settings.prefilter().columns());
    this.event = new EventFields(rows.columns());
    this.prefilter = new PrefilterMatcher(settings.prefilter(), rows.columns());
    startRun();
  }

  /** To be called where what comes next has nothing to do with what came before. */
  void startRun() {
    framer = new RecordFramer(maxRecordSize);
  }

  /**
   * Reads the records that end in {@code b[0, length)}.
   *
   * @param last whether the run ends there
   * @param source what the rows name as their source
   * @param position the position of the first byte in the source
   * @return how many bytes are done with; the next call has to bring the others again
   */
  int decode(
      byte[] b,
      int length,
      boolean last,
      StringData source,
      long position,
      Consumer<RowData> target) {
    text = Latin1.view(b, length);
    framer.reset(text, last);
    decoder.reset(b, text);
    this.source = source;
    this.target = target;
    while (framer.next()) {
      record(b, position);
    }
    return framer.position();
  }

  /** Hands over the rows of the framed record. */
  private void record(byte[] b, long position) {
    int start = framer.start();
    int end = framer.end();
    if (framer.kind() == RecordFramer.Kind.FRAMING) {
      tally.framing(end - start);
      return;
    }
    if (framer.kind() == RecordFramer.Kind.BAD) {
      deadLetter(framer.errorType(), badMessage(start, end), b, start, end, position + start);
      return;
    }
    try {
      decoded(decoder.decode(framer.kind(), start, end, event), b, start, position + start);
    } catch (BadRecordException e) {
      deadLetter(e, b, start, end, position + start);
    }
  }

  /**
   * @param b what holds the record, which begins at {@code start} there
   * @param position of the record in the source
   */
  private void decoded(EventDecoder.Outcome outcome, byte[] b, int start, long position) {
    switch (outcome) {
      case WANTED -> {
        boolean keysWanted = event.isOfNobody() && tally.wantsKeys(event.shape());
        tally.decoded(event, keysWanted ? decoder.keys() : null);
        if (prefilter.passes(event)) {
          target.accept(rows.event(event, source, position));
        }
      }
      case UNWANTED -> tally.addSkipped(event.eventCode());
      case SEVERAL -> elements(decoder.elements(), b, start, position);
    }
  }

  /** Each record of a list; the decoder bounds how deep lists stand in lists. */
  private void elements(JsonElements list, byte[] b, int start, long position) {
    for (int i = 0; i < list.size(); i++) {
      int from = list.start(i);
      int to = list.end(i);
      // In a text within the record no byte has a position of its own.
      long ofElement = list.bytes() == b ? position + from - start : position;
      try {
        decoded(decoder.decode(list, i, event), list.bytes(), from, ofElement);
      } catch (BadRecordException e) {
        deadLetter(e, list.bytes(), from, to, ofElement);
      }
    }
  }

  private void deadLetter(BadRecordException e, byte[] b, int from, int to, long position) {
    if (e.type() == ErrorType.NO_EVENT_DATA) {
      tally.noEventData(event.shape(), decoder.keys());
    }
    deadLetter(e.type(), e.getMessage(), b, from, to, position);
  }

  private void deadLetter(
      ErrorType type, String message, byte[] b, int from, int to, long position) {
    tally.deadLetter(type);
    byte[] payload = Arrays.copyOfRange(b, from, to);
    target.accept(rows.deadLetter(type, message, payload, source, position));
  }

  /** Hands over the dead letter of what is no record: it has no bytes. */
  void fault(
      ErrorType type, String message, StringData source, long position, Consumer<RowData> target) {
    tally.deadLetter(type);
    target.accept(rows.deadLetter(type, message, null, source, position));
  }

  private String badMessage(int start, int end) {
    if (framer.isContinuation()) {
      return "a further piece of the bad record before it";
    }
    return switch (framer.errorType()) {
      case TRUNCATED -> "an event begins here, and no end of it before the next one";
      case TOO_LARGE -> "a record larger than " + maxRecordSize + " bytes";
      case DTD -> "a document type or entity declaration";
      default -> "neither an XML event nor a JSON object" + UnreadShape.of(text, start, end);
    };
  }

  /** What was read so far. */
  ScanTally tally() {
    return tally;
  }

  /** What was read so far, as a row. */
  RowData tallyRow(StringData source, long position) {
    return rows.tally(tally, source, position);
  }
}
