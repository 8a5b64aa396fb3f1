package io.sysmonflink.functions;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code BYTES_SHA256(bytes)}: the SHA-256 of bytes as 64 hexadecimal digits in lower case; NULL
 * for NULL. Flink's own SHA256 takes text only.
 */
public final class BytesSha256 extends ScalarFunction {

  private static final long serialVersionUID = 1L;

  /** Called by Flink; see the class. */
  public String eval(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
