package io.sysmonflink.decode.frame;

import java.io.ByteArrayInputStream;
import org.apache.flink.core.fs.FSDataInputStream;

/** A file in memory that counts what is read of it. */
final class ByteArrayFile extends FSDataInputStream {

  private final byte[] bytes;
  private ByteArrayInputStream in;
  private long bytesRead;

  ByteArrayFile(byte[] bytes) {
    this.bytes = bytes;
    this.in = new ByteArrayInputStream(bytes);
  }

  long bytesRead() {
    return bytesRead;
  }

  @Override
  public void seek(long position) {
    in = new ByteArrayInputStream(bytes, (int) position, bytes.length - (int) position);
  }

  @Override
  public long getPos() {
    return (long) bytes.length - in.available();
  }

  @Override
  public int read() {
    bytesRead += in.available() > 0 ? 1 : 0;
    return in.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    int read = in.read(target, offset, length);
    bytesRead += Math.max(0, read);
    return read;
  }
}
