package io.sysmonflink.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Predicate;

/**
 * As much of a stream as can be read: it ends where the stream fails, and keeps why. A decompressor
 * that fails may keep to itself what it has got in the same call; so the stream is then read once
 * more from its start, and at the end byte by byte.
 */
final class ReadableStream extends InputStream {

  /** Opens a stream from its start, again and again. */
  interface Opening {
    InputStream open() throws IOException;
  }

  private final Opening opening;
  private final Opening again;
  private final Predicate<Exception> ends;

  /** Null before the first byte is asked for. */
  private InputStream in;

  private long delivered;
  private Exception failure;
  private boolean ended;

  /**
   * @param again opens it once more after a failure, in a way that holds back nothing; null where a
   *     failure holds back nothing
   * @param ends whether a failure ends the stream; all others are thrown
   */
  ReadableStream(Opening opening, Opening again, Predicate<Exception> ends) {
    this.opening = opening;
    this.again = again;
    this.ends = ends;
  }

  /** Why it ended before its end; null where it did not. */
  Exception failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (ended) {
      return -1;
    }
    try {
      int read = failure == null ? readOn(target, offset, length) : rest(target, offset, length);
      delivered += Math.max(0, read);
      return read;
    } catch (IOException | RuntimeException e) {
      if (failure != null || isInterrupted(e) || !ends.test(e)) {
        throw e;
      }
      failure = e;
    }
    if (again == null || in == null) {
      ended = true;
      return -1;
    }
    try {
      in = again.open();
      in.skipNBytes(delivered);
    } catch (IOException | RuntimeException e) {
      if (!ends.test(e)) {
        throw e;
      }
      ended = true;
    }
    return read(target, offset, length);
  }

  private int readOn(byte[] target, int offset, int length) throws IOException {
    if (in == null) {
      in = opening.open();
    }
    return in.read(target, offset, length);
  }

  /** Reads up to the failure, which comes again. */
  private int rest(byte[] target, int offset, int length) {
    int read = 0;
    try {
      while (read < length) {
        int value = in.read();
        if (value < 0) {
          ended = true;
          break;
        }
        target[offset + read++] = (byte) value;
      }
    } catch (IOException | RuntimeException e) {
      ended = true;
    }
    return read == 0 ? -1 : read;
  }

  // The task is being cancelled: that says nothing about the file.
  private static boolean isInterrupted(Exception e) {
    return e instanceof InterruptedIOException
        || e instanceof ClosedChannelException
        || Thread.currentThread().isInterrupted();
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
