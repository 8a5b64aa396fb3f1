package io.sysmonflink.decode.parse.xml;

import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.deadletter.ErrorType;

/**
 * Keeps elements with very many attributes from Aalto, whose time and memory grow with the square
 * of their number. It tells tags from comments, CDATA and processing instructions exactly as XML
 * does, so that none of them can hide a tag; what is not well-formed, Aalto stops at before it
 * matters.
 */
final class XmlAttributes {

  /** Windows writes four at the most. */
  static final int MAX = 256;

  private static final byte[] COMMENT = {'<', '!', '-', '-'};
  private static final byte[] COMMENT_END = {'-', '-', '>'};
  private static final byte[] CDATA = {'<', '!', '[', 'C', 'D', 'A', 'T', 'A', '['};
  private static final byte[] CDATA_END = {']', ']', '>'};
  private static final byte[] INSTRUCTION = {'<', '?'};
  private static final byte[] INSTRUCTION_END = {'?', '>'};

  private XmlAttributes() {}

  /** Fails where an element of the event in {@code b[from, to)} has more than {@link #MAX}. */
  static void requireFew(byte[] b, int from, int to) throws BadRecordException {
    int at = from;
    while (at < to) {
      if (b[at] != '<') {
        at++;
      } else if (startsWith(COMMENT, b, at, to)) {
        at = after(COMMENT_END, b, at + COMMENT.length, to);
      } else if (startsWith(CDATA, b, at, to)) {
        at = after(CDATA_END, b, at + CDATA.length, to);
      } else if (startsWith(INSTRUCTION, b, at, to)) {
        at = after(INSTRUCTION_END, b, at + INSTRUCTION.length, to);
      } else {
        at = afterTag(b, at + 1, to);
      }
    }
  }

  private static int afterTag(byte[] b, int from, int to) throws BadRecordException {
    int attributes = 0;
    byte quote = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '>') {
        return i + 1;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '=' && ++attributes > MAX) {
        throw new BadRecordException(
            ErrorType.MALFORMED_XML, "an element with more than " + MAX + " attributes");
      }
    }
    return to;
  }

  private static int after(byte[] token, byte[] b, int from, int to) {
    for (int i = from; i <= to - token.length; i++) {
      if (startsWith(token, b, i, to)) {
        return i + token.length;
      }
    }
    return to;
  }

  private static boolean startsWith(byte[] token, byte[] b, int at, int to) {
    if (token.length > to - at) {
      return false;
    }
    for (int i = 0; i < token.length; i++) {
      if (b[at + i] != token[i]) {
        return false;
      }
    }
    return true;
  }
}
