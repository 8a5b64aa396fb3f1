package io.sysmonflink.functions;

import org.apache.flink.table.functions.ScalarFunction;

/** {@code BYTES_LENGTH(bytes)}: how many bytes there are, as BIGINT; NULL for NULL. */
public final class BytesLength extends ScalarFunction {

  private static final long serialVersionUID = 1L;

  /** Called by Flink; see the class. */
  public Long eval(byte[] bytes) {
    return bytes == null ? null : (long) bytes.length;
  }
}
