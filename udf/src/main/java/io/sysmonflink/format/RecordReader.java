package io.sysmonflink.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/**
 * Reads a run of bytes, block by block, to rows: one for each event with a wanted id and one for
 * each bad record, in their order, then the tally. No more than a record and a block are in memory.
 */
public final class RecordReader implements Closeable {

  private final InputStream in;
  private final StringData source;
  private final long startPosition;
  private final int blockSize;
  private final int maxRecordSize;

  private final RecordFramer framer;
  private final EventDecoder decoder;
  private final EventRows rows;
  private final EventFields event;
  private final ScanTally tally = new ScanTally();

  private byte[] buffer;
  private int length;

  /** The position of the buffer's first byte in the source. */
  private long bufferPosition;

  private boolean finished;

  /**
   * @param in the bytes; closed with this reader
   * @param source what the rows name as their source
   * @param startPosition the position of the first byte in the source
   * @param blockSize how many bytes to read at a time
   * @param clock the time now in milliseconds
   */
  public RecordReader(
      InputStream in,
      DecodingSettings settings,
      String source,
      long startPosition,
      int blockSize,
      LongSupplier clock) {
    this.in = in;
    this.source = StringData.fromString(source);
    this.startPosition = startPosition;
    this.blockSize = blockSize;
    this.maxRecordSize = settings.maxRecordSize();
    this.bufferPosition = startPosition;
    this.framer = new RecordFramer(maxRecordSize);
    this.decoder = new EventDecoder(settings, clock);
    this.rows = new EventRows(settings);
    this.event = new EventFields(rows.columns());
    this.buffer = new byte[blockSize];
  }

  /**
   * Adds the rows of the next block, perhaps none, to {@code target}.
   *
   * @return false where there was no further block; the tally came with the last one
   */
  public boolean readBlock(List<RowData> target) throws IOException {
    if (finished) {
      return false;
    }
    boolean last = !fill();
    String text = Latin1.view(buffer, length);
    framer.reset(text, last);
    while (framer.next()) {
      record(text, target);
    }
    int kept = length - framer.position();
    System.arraycopy(buffer, framer.position(), buffer, 0, kept);
    bufferPosition += framer.position();
    length = kept;
    if (last) {
      finished = true;
      target.add(rows.tally(tally, source, startPosition));
    }
    return true;
  }

  /** Reads a block behind what is kept; false at the end. */
  private boolean fill() throws IOException {
    if (buffer.length - length < blockSize) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + blockSize));
    }
    int read = in.readNBytes(buffer, length, blockSize);
    length += read;
    tally.bytes(read);
    return read == blockSize;
  }

  private void record(String text, List<RowData> target) {
    int start = framer.start();
    int end = framer.end();
    if (framer.kind() == RecordFramer.Kind.BAD) {
      deadLetter(framer.errorType(), badMessage(), start, end, target);
      return;
    }
    try {
      if (decoder.decode(framer.kind(), buffer, text, start, end, event)) {
        tally.decoded(event);
        target.add(rows.event(event, source, bufferPosition + start));
      } else {
        tally.skipped(event.eventCode);
      }
    } catch (BadRecordException e) {
      deadLetter(e.type(), e.getMessage(), start, end, target);
    }
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

  private void deadLetter(
      ErrorType type, String message, int start, int end, List<RowData> target) {
    tally.deadLetter(type);
    byte[] payload = Arrays.copyOfRange(buffer, start, end);
    target.add(rows.deadLetter(type, message, payload, source, bufferPosition + start));
  }

  /** What was read so far. */
  public ScanTally tally() {
    return tally;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
