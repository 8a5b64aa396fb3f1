package io.sysmonflink.decode.deadletter;

/** The beginning of a value, fit to stand in a message: quoted, short, no control characters. */
public final class Excerpt {

  private static final int MAX_LENGTH = 60;
  private static final int MAX_KEYS_LENGTH = 200;

  /** No message of a library is longer, unless it quotes what an attacker wrote. */
  private static final int MAX_PLAIN_LENGTH = 400;

  private Excerpt() {}

  public static String of(CharSequence text) {
    boolean cut = text.length() > MAX_LENGTH;
    return "'" + plain(cut ? text.subSequence(0, MAX_LENGTH) : text) + (cut ? "...'" : "'");
  }

  /** Names that were seen, as many as a person takes in. */
  public static String ofKeys(Iterable<String> keys) {
    String all = String.join(", ", keys);
    boolean cut = all.length() > MAX_KEYS_LENGTH;
    return "'" + plain(cut ? all.substring(0, MAX_KEYS_LENGTH) : all) + (cut ? "...'" : "'");
  }

  /** The text, cut if long, with a question mark for each control character and each surrogate. */
  public static String plain(CharSequence text) {
    int length = Math.min(text.length(), MAX_PLAIN_LENGTH);
    StringBuilder plain = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      plain.append(c < ' ' || (c >= 0x7F && c <= 0x9F) || Character.isSurrogate(c) ? '?' : c);
    }
    return plain.toString();
  }
}
