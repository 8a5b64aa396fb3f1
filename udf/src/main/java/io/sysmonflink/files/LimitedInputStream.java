package io.sysmonflink.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The first bytes of a stream, so many at the most. It keeps whether the stream itself failed, and
 * not what reads from this one.
 */
final class LimitedInputStream extends FilterInputStream {

  private long remaining;
  private boolean failed;
  private boolean endedEarly;

  LimitedInputStream(InputStream in, long limit) {
    super(in);
    this.remaining = limit;
  }

  @Override
  public int read() throws IOException {
    if (remaining <= 0) {
      return -1;
    }
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (remaining <= 0) {
      return -1;
    }
    try {
      int read = in.read(target, offset, (int) Math.min(length, remaining));
      remaining -= Math.max(0, read);
      endedEarly = read < 0;
      return read;
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  /** Whether the stream below has failed. */
  boolean failed() {
    return failed;
  }

  /** Whether the stream below ended before the limit. */
  boolean endedEarly() {
    return endedEarly;
  }
}
