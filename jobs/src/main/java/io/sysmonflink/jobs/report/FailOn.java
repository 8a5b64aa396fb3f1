package io.sysmonflink.jobs.report;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which shortfalls of a run give it the exit status {@link #STATUS}.
 *
 * @param shortfalls what is
 * @param maxDeadLetters so many percent of the records may be dead letters
 */
public record FailOn(Set<Shortfall> shortfalls, BigDecimal maxDeadLetters) {

  /** The exit status of a run that is done, but did not read all. */
  public static final int STATUS = 3;

  /** What stands for itself. */
  public static final FailOn DEFAULT =
      new FailOn(
          EnumSet.of(Shortfall.NO_EVENTS, Shortfall.UNREADABLE_FILE, Shortfall.CHANGED_FILE),
          BigDecimal.ZERO);

  private static final String NONE = "none";
  private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?)%");
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  public FailOn {
    shortfalls = Set.copyOf(shortfalls);
  }

  /**
   * Reads a list with commas, or {@code none}.
   *
   * @throws IllegalArgumentException if it is neither; the message says what there is
   */
  public static FailOn parse(String text) {
    if (text.strip().equals(NONE)) {
      return new FailOn(Set.of(), BigDecimal.ZERO);
    }
    Set<Shortfall> shortfalls = EnumSet.noneOf(Shortfall.class);
    BigDecimal maxDeadLetters = BigDecimal.ZERO;
    for (String part : text.split(",", -1)) {
      String[] words = part.strip().split("=", 2);
      Shortfall shortfall =
          Shortfall.of(words[0]).orElseThrow(() -> wrong(part, "is none of these"));
      if (!shortfalls.add(shortfall)) {
        throw wrong(part, "stands there twice");
      }
      if (shortfall == Shortfall.DEAD_LETTERS) {
        maxDeadLetters = share(part, words.length == 2 ? words[1] : "");
      } else if (words.length == 2) {
        throw wrong(part, "takes no value");
      }
    }
    return new FailOn(shortfalls, maxDeadLetters);
  }

  private static BigDecimal share(String part, String text) {
    Matcher share = SHARE.matcher(text);
    if (!share.matches() || new BigDecimal(share.group(1)).compareTo(ALL) > 0) {
      throw wrong(part, "must be like dead-letters=0.5%, with a number from 0 to 100");
    }
    return new BigDecimal(share.group(1));
  }

  private static IllegalArgumentException wrong(String part, String why) {
    return new IllegalArgumentException(
        "'%s' %s: it takes no-events, unreadable-file, changed-file, dead-letters=N%%, unfilled, with commas between,"
                .formatted(part, why)
            + " or none");
  }

  /** Whether so many dead letters are more than allowed. */
  boolean isTooMany(long deadLetters, long records) {
    return BigDecimal.valueOf(deadLetters)
            .multiply(ALL)
            .compareTo(maxDeadLetters.multiply(BigDecimal.valueOf(records)))
        > 0;
  }
}
