package io.sysmonflink.decode.bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * Text that Windows writes as UTF-16, told by its byte order mark, as UTF-8. What is no UTF-16
 * (half a surrogate pair, an odd byte) becomes U+FFFD.
 */
public final class Utf16 {

  private static final int MARK_LENGTH = 2;

  private Utf16() {}

  /** Whether a file begins with a byte order mark of UTF-16; it is moved to its start. */
  public static boolean isIn(FSDataInputStream file) throws IOException {
    file.seek(0);
    boolean found = charset(file.readNBytes(MARK_LENGTH)) != null;
    file.seek(0);
    return found;
  }

  /** The text of a stream as UTF-8; a stream of any other encoding stays as it is. */
  public static InputStream toUtf8(InputStream in) throws IOException {
    byte[] mark = in.readNBytes(MARK_LENGTH);
    Charset charset = charset(mark);
    if (charset != null) {
      return new Transcoder(new InputStreamReader(in, charset));
    }
    PushbackInputStream whole = new PushbackInputStream(in, MARK_LENGTH);
    whole.unread(mark);
    return whole;
  }

  /** The text of a message as UTF-8; a message of any other encoding stays as it is. */
  public static byte[] toUtf8(byte[] message) {
    Charset charset = charset(Arrays.copyOf(message, MARK_LENGTH));
    return charset == null
        ? message
        : new String(message, MARK_LENGTH, message.length - MARK_LENGTH, charset)
            .getBytes(StandardCharsets.UTF_8);
  }

  private static Charset charset(byte[] mark) {
    if (mark.length == MARK_LENGTH && mark[0] == (byte) 0xFF && mark[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    return mark.length == MARK_LENGTH && mark[0] == (byte) 0xFE && mark[1] == (byte) 0xFF
        ? StandardCharsets.UTF_16BE
        : null;
  }

  private static final class Transcoder extends InputStream {

    private final Reader reader;
    private final char[] chars = new char[32 * 1024];

    /** The writer keeps half of a surrogate pair until the other half comes. */
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);

    private byte[] buffer = {};
    private int at;
    private boolean ended;

    Transcoder(Reader reader) {
      this.reader = reader;
    }

    @Override
    public int read() throws IOException {
      return fill() ? buffer[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, buffer.length - at);
      System.arraycopy(buffer, at, target, offset, count);
      at += count;
      return count;
    }

    private boolean fill() throws IOException {
      while (at == buffer.length) {
        if (ended) {
          return false;
        }
        int count = reader.read(chars);
        if (count < 0) {
          ended = true;
          writer.close();
        } else {
          writer.write(chars, 0, count);
          writer.flush();
        }
        buffer = bytes.toByteArray();
        bytes.reset();
        at = 0;
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
