package io.sysmonflink.decode.parse.xml;

import io.sysmonflink.decode.bytes.ByteScan;
import java.io.ByteArrayOutputStream;

/**
 * Characters that XML forbids, and that Windows and its shippers write all the same: control
 * characters, raw or by their number, half a surrogate pair by its number, U+FFFE and U+FFFF. Each
 * becomes U+FFFD, so that nobody can have an event lost by putting one into a name.
 */
final class XmlRepair {

  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};
  private static final byte[] CDATA = {'<', '!', '[', 'C', 'D', 'A', 'T', 'A', '['};
  private static final byte[] CDATA_END = {']', ']', '>'};

  /** More digits than the number of a character has. */
  private static final int MAX_REFERENCE = 16;

  private XmlRepair() {}

  /** The XML in {@code b[from, to)} without them; null where there are none. */
  static byte[] repaired(byte[] b, int from, int to) {
    ByteArrayOutputStream target = null;
    int copied = from;
    boolean inCdata = false;
    for (int at = from; at < to; at++) {
      int length = 0;
      if (inCdata) {
        inCdata = !ByteScan.startsWith(b, at, to, CDATA_END);
      } else if (b[at] == '<') {
        inCdata = ByteScan.startsWith(b, at, to, CDATA);
      } else if (b[at] == '&') {
        length = forbiddenReference(b, at, to);
      }
      if (length == 0) {
        length = forbiddenCharacter(b, at, to);
      }
      if (length > 0) {
        target = target == null ? new ByteArrayOutputStream(to - from) : target;
        target.write(b, copied, at - copied);
        target.writeBytes(REPLACEMENT);
        copied = at + length;
        at = copied - 1;
      }
    }
    if (target == null) {
      return null;
    }
    target.write(b, copied, to - copied);
    return target.toByteArray();
  }

  /** The length of a forbidden character that begins here, or 0. */
  private static int forbiddenCharacter(byte[] b, int at, int to) {
    byte c = b[at];
    if (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t') {
      return 1;
    }
    boolean isFffeOrFfff =
        c == (byte) 0xEF && at + 2 < to && b[at + 1] == (byte) 0xBF && (b[at + 2] & 0xFE) == 0xBE;
    return isFffeOrFfff ? 3 : 0;
  }

  /** The length of a reference to a forbidden character that begins here, or 0. */
  private static int forbiddenReference(byte[] b, int at, int to) {
    if (at + 1 >= to || b[at + 1] != '#') {
      return 0;
    }
    boolean hexadecimal = at + 2 < to && b[at + 2] == 'x';
    int first = hexadecimal ? at + 3 : at + 2;
    long number = 0;
    int end = first;
    while (end < to && end - first < MAX_REFERENCE) {
      int digit = b[end] < 0 ? -1 : Character.digit(b[end], hexadecimal ? 16 : 10);
      if (digit < 0) {
        break;
      }
      number = Math.min(number * (hexadecimal ? 16 : 10) + digit, Integer.MAX_VALUE);
      end++;
    }
    boolean isReference = end > first && end < to && b[end] == ';';
    return isReference && isForbidden((int) number) ? end + 1 - at : 0;
  }

  private static boolean isForbidden(int character) {
    return character < ' '
        ? character != '\n' && character != '\r' && character != '\t'
        : (character >= 0xD800 && character <= 0xDFFF)
            || character == 0xFFFE
            || character == 0xFFFF
            || character > Character.MAX_CODE_POINT;
  }
}
