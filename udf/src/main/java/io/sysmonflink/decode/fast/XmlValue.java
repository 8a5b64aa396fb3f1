package io.sysmonflink.decode.fast;

import io.sysmonflink.decode.bytes.ByteScan;
import io.sysmonflink.decode.parse.xml.XmlEventParser;
import java.nio.charset.StandardCharsets;

/**
 * Values in XML as Windows writes it: where one ends, and what it says. Nothing here judges: what
 * is unusual ({@link #UNKNOWN}) is left to {@link XmlEventParser}.
 */
final class XmlValue {

  /** There is no end, or something before it that only Aalto is to read. */
  static final int UNKNOWN = -1;

  /** XML's five entities: numeric ones are rare, and Aalto's. */
  private static final byte[][] ENTITIES = {
    ascii("&lt;"), ascii("&gt;"), ascii("&amp;"), ascii("&quot;"), ascii("&apos;")
  };

  private static final byte[] CHARACTERS = ascii("<>&\"'");

  private XmlValue() {}

  /** The index of the quote that ends an attribute's value; the one that begins it is before. */
  static int quotedEnd(byte[] b, int from, int to) {
    byte quote = b[from - 1];
    for (int at = ByteScan.xmlQuoted(b, from, to, quote);
        at < to;
        at = ByteScan.xmlQuoted(b, at + 1, to, quote)) {
      byte c = b[at];
      if (c == quote) {
        return at;
      }
      // White space but for the space is no such white space to XML.
      if (c == '<' || c == '&' || (c >= 0 && c < ' ') || isForbidden(b, at)) {
        return UNKNOWN;
      }
    }
    return UNKNOWN;
  }

  /** The index of the tag that ends character data. */
  static int textEnd(byte[] b, int from, int to) {
    int at = ByteScan.xmlSpecial(b, from, to);
    while (at < to) {
      byte c = b[at];
      if (c == '<') {
        return at;
      }
      if (c == '&') {
        int entity = entity(b, at, to);
        if (entity == UNKNOWN) {
          return UNKNOWN;
        }
        at += ENTITIES[entity].length;
      } else if (isForbidden(b, at)) {
        return UNKNOWN;
      } else {
        at++;
      }
      at = ByteScan.xmlSpecial(b, at, to);
    }
    return UNKNOWN;
  }

  /**
   * Replaces the entities in {@code b[from, to)}, which {@link #textEnd} has passed over.
   *
   * @param target takes the text, which is no longer than what it is made of
   * @return the length of the text
   */
  static int unescape(byte[] b, int from, int to, byte[] target) {
    int length = 0;
    int at = from;
    while (at < to) {
      int plain = ByteScan.indexOf((byte) '&', b, at, to) - at;
      System.arraycopy(b, at, target, length, plain);
      at += plain;
      length += plain;
      if (at < to) {
        int entity = entity(b, at, to);
        target[length++] = CHARACTERS[entity];
        at += ENTITIES[entity].length;
      }
    }
    return length;
  }

  private static int entity(byte[] b, int at, int to) {
    for (int i = 0; i < ENTITIES.length; i++) {
      if (ByteScan.startsWith(b, at, to, ENTITIES[i])) {
        return i;
      }
    }
    return UNKNOWN;
  }

  /**
   * Whether the byte here may not stand in text, or does not stand for itself: control characters,
   * a carriage return (which XML makes a line feed), U+FFFE and U+FFFF, the end of {@code ]]>}.
   */
  private static boolean isForbidden(byte[] b, int at) {
    byte c = b[at];
    if (c >= 0 && c < ' ') {
      return c != '\n' && c != '\t';
    }
    if (c == '>') {
      return b[at - 1] == ']' && b[at - 2] == ']';
    }
    return c == (byte) 0xEF && b[at + 1] == (byte) 0xBF && (b[at + 2] & 0xFE) == 0xBE;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
