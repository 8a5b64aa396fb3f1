package io.sysmonflink.format;

/** The beginning of a value, fit to stand in a message: quoted, short, no control characters. */
final class Excerpt {

  private static final int MAX_LENGTH = 60;

  private Excerpt() {}

  static String of(CharSequence text) {
    boolean cut = text.length() > MAX_LENGTH;
    return "'" + plain(cut ? text.subSequence(0, MAX_LENGTH) : text) + (cut ? "...'" : "'");
  }

  /** The text with a question mark for each control character and each surrogate. */
  static String plain(CharSequence text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c < ' ' || (c >= 0x7F && c <= 0x9F) || Character.isSurrogate(c) ? '?' : c);
    }
    return plain.toString();
  }
}
