package io.sysmonflink.decode;

import io.sysmonflink.decode.row.ScanTally;
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
 * each bad record, in their order, then the tally. No more than a record twice over and a block are
 * in memory.
 */
public final class RecordReader implements Closeable {

  private final InputStream in;
  private final StringData source;
  private final long startPosition;
  private final int blockSize;
  private final LongSupplier clock;
  private final SourceEnd.Look end;
  private final RecordDecoder decoder;

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
    this(in, settings, source, startPosition, blockSize, clock, () -> SourceEnd.NONE);
  }

  /**
   * As above.
   *
   * @param end is asked when the bytes are read, before the tally is handed out
   */
  public RecordReader(
      InputStream in,
      DecodingSettings settings,
      String source,
      long startPosition,
      int blockSize,
      LongSupplier clock,
      SourceEnd.Look end) {
    this.end = end;
    this.in = in;
    this.source = StringData.fromString(source);
    this.startPosition = startPosition;
    this.blockSize = blockSize;
    this.bufferPosition = startPosition;
    this.clock = clock;
    this.decoder = new RecordDecoder(settings, clock);
    this.buffer = new byte[blockSize];
    tally().began(clock.getAsLong());
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
    int done = decoder.decode(buffer, length, last, source, bufferPosition, target::add);
    length -= done;
    System.arraycopy(buffer, done, buffer, 0, length);
    bufferPosition += done;
    if (last) {
      finished = true;
      SourceEnd told = end.look();
      told.fault()
          .ifPresent(
              fault ->
                  decoder.fault(
                      fault.type(), fault.message(), source, bufferPosition + length, target::add));
      tally().appended(told.appended());
      tally().ended(clock.getAsLong());
      target.add(decoder.tallyRow(source, startPosition));
    }
    return true;
  }

  /**
   * Reads a block behind what is kept; false at the end. Of a record that is larger than a block as
   * much again is read each time, so that it is not looked through once for every block.
   */
  private boolean fill() throws IOException {
    int wanted = Math.max(blockSize, length);
    if (buffer.length - length < wanted) {
      buffer = Arrays.copyOf(buffer, length + wanted);
    }
    int read = in.readNBytes(buffer, length, wanted);
    length += read;
    decoder.tally().bytes(read);
    return read == wanted;
  }

  /** What was read so far. */
  public ScanTally tally() {
    return decoder.tally();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
