package io.sysmonflink.decode.event;

import java.nio.charset.StandardCharsets;

/** The number of a record in its log: informative only, so what is no number is no record id. */
public final class RecordId {

  /** What is no record id; there is none below zero. */
  public static final long NONE = -1;

  private static final int MAX_DIGITS = 18;

  private RecordId() {}

  /** As a column has it: null where there is none. */
  public static Long value(long recordId) {
    return recordId == NONE ? null : Long.valueOf(recordId);
  }

  static long parse(String text) {
    if (text == null) {
      return NONE;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  public static long parse(byte[] b, int from, int to) {
    if (from == to || to - from > MAX_DIGITS) {
      return NONE;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c < '0' || c > '9') {
        return NONE;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }
}
