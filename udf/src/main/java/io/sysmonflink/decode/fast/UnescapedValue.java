package io.sysmonflink.decode.fast;

/**
 * The text of a value whose escapes are undone, until the next one takes its place. Whoever reads
 * it asks for {@link #bytes} after the value was set: setting one may make a larger array.
 */
final class UnescapedValue {

  private byte[] bytes = new byte[256];
  private int length;

  /** Takes {@code b[from, to)}, which {@link XmlValue#textEnd} has passed over. */
  void setXml(byte[] b, int from, int to) {
    reserve(to - from);
    length = XmlValue.unescape(b, from, to, bytes);
  }

  /**
   * Takes {@code b[from, to)}, which {@link JsonValue#stringEnd} has passed over.
   *
   * @return false where half of a surrogate pair is in it
   */
  boolean setJson(byte[] b, int from, int to) {
    reserve(to - from);
    length = JsonValue.unescape(b, from, to, bytes);
    return length != JsonValue.UNKNOWN;
  }

  private void reserve(int atLeast) {
    if (bytes.length < atLeast) {
      bytes = new byte[Math.max(atLeast, 2 * bytes.length)];
    }
  }

  /** Holds the text, which is UTF-8, from its beginning to {@link #length}. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
