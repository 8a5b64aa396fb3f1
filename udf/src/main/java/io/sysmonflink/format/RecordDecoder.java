package io.sysmonflink.format;

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
  private final Candidates candidates;
  private final ScanTally tally = new ScanTally();
  private RecordFramer framer;

  /**
   * @param clock the time now in milliseconds
   */
  RecordDecoder(DecodingSettings settings, LongSupplier clock) {
    this.maxRecordSize = settings.maxRecordSize();
    this.decoder = new EventDecoder(settings, clock);
    this.rows = new EventRows(settings);
    this.event = new EventFields(rows.columns());
    this.candidates = new Candidates(settings.prefilter(), rows.columns());
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
    String text = Latin1.view(b, length);
    framer.reset(text, last);
    decoder.reset(b, text);
    while (framer.next()) {
      RowData row = row(b, source, position);
      if (row != null) {
        target.accept(row);
      }
    }
    return framer.position();
  }

  /** The row of the framed record, or null where there is to be none. */
  private RowData row(byte[] b, StringData source, long position) {
    int start = framer.start();
    int end = framer.end();
    ErrorType type;
    String message;
    if (framer.kind() == RecordFramer.Kind.BAD) {
      type = framer.errorType();
      message = badMessage();
    } else {
      try {
        if (decoder.decode(framer.kind(), start, end, event)) {
          tally.decoded(event);
          return candidates.has(event) ? rows.event(event, source, position + start) : null;
        }
        tally.addSkipped(event.eventCode);
        return null;
      } catch (BadRecordException e) {
        type = e.type();
        message = e.getMessage();
      }
    }
    tally.deadLetter(type);
    byte[] payload = Arrays.copyOfRange(b, start, end);
    return rows.deadLetter(type, message, payload, source, position + start);
  }

  private String badMessage() {
    if (framer.isContinuation()) {
      return "a further piece of the bad record before it";
    }
    return switch (framer.errorType()) {
      case TRUNCATED -> "an event begins here, and no end of it before the next one";
      case TOO_LARGE -> "a record larger than " + maxRecordSize + " bytes";
      case DTD -> "a document type or entity declaration";
      default -> "neither an XML event nor a JSON object";
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
