package io.sysmonflink.format;

import java.nio.charset.StandardCharsets;

/** The number of a record in its log: informative only, so what is no number is no record id. */
final class RecordId {

  private static final int MAX_DIGITS = 18;

  private RecordId() {}

  static Long parse(String text) {
    if (text == null) {
      return null;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  static Long parse(byte[] b, int from, int to) {
    if (from == to || to - from > MAX_DIGITS) {
      return null;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c < '0' || c > '9') {
        return null;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }
}
