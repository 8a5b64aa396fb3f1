package io.sysmonflink.format;

/** The number of a record in its log: informative only, so what is no number is no record id. */
final class RecordId {

  private static final int MAX_DIGITS = 18;

  private RecordId() {}

  static Long parse(String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_DIGITS) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }
}
