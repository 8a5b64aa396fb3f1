package io.sysmonflink.jobs.report;

import java.util.Set;

/**
 * Text that is safe to show. Values come from logs, which attackers write to: a control character
 * could move the cursor or set the terminal's title, a mark of writing direction could turn a name
 * around. Such characters are shown by number, as {@code <U+001B>}.
 */
public final class Printable {

  private static final Set<Integer> UNSAFE =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.SURROGATE,
          (int) Character.PRIVATE_USE,
          (int) Character.UNASSIGNED,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR);

  private Printable() {}

  /** The text in one line, every character visible. */
  public static String line(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (UNSAFE.contains(Character.getType(c))) {
                visible.append("<U+%04X>".formatted(c));
              } else {
                visible.appendCodePoint(c);
              }
            });
    return visible.toString();
  }
}
