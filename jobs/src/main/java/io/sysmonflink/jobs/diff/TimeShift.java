package io.sysmonflink.jobs.diff;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * By how much Splunk's times are ahead of ours, where most are ahead by the same: then Splunk
 * printed them in another time zone.
 *
 * @param most how far most are ahead; negative for behind
 * @param rest how far the rest is, an hour more or less, where daylight saving time began or ended
 *     in between; else the same as {@code most}
 */
record TimeShift(Duration most, Duration rest) {

  private static final long QUARTER_HOUR = 900;
  private static final long HOUR = 3_600;
  private static final long FARTHEST = ZoneOffset.MAX.getTotalSeconds();

  /** The shift, if more than half of all times are shifted so. */
  static Optional<TimeShift> of(List<Pairing.Pair> pairs) {
    Map<Long, Long> counts = new TreeMap<>();
    for (Pairing.Pair pair : pairs) {
      counts.merge(seconds(pair.splunk().firstTime(), pair.here().firstTime()), 1L, Long::sum);
      counts.merge(seconds(pair.splunk().lastTime(), pair.here().lastTime()), 1L, Long::sum);
    }
    Optional<Long> most =
        counts.keySet().stream()
            .filter(TimeShift::isOfAZone)
            .max(Comparator.comparing(counts::get));
    if (most.isEmpty()) {
      return Optional.empty();
    }
    long first = most.get();
    long second =
        count(counts, first - HOUR) > count(counts, first + HOUR) ? first - HOUR : first + HOUR;
    second = count(counts, second) == 0 ? first : second;
    long shifted = count(counts, first) + (second == first ? 0 : count(counts, second));
    return shifted > pairs.size()
        ? Optional.of(new TimeShift(Duration.ofSeconds(first), Duration.ofSeconds(second)))
        : Optional.empty();
  }

  private static long count(Map<Long, Long> counts, long seconds) {
    return isOfAZone(seconds) ? counts.getOrDefault(seconds, 0L) : 0;
  }

  private static boolean isOfAZone(long seconds) {
    return seconds != 0 && seconds % QUARTER_HOUR == 0 && Math.abs(seconds) <= FARTHEST;
  }

  /** Whether it is what makes a time differ. */
  boolean explains(ResultTime splunk, ResultTime here) {
    long seconds = seconds(splunk, here);
    return seconds == most.toSeconds() || seconds == rest.toSeconds();
  }

  /** Whether there are two. */
  boolean isOfTwoSeasons() {
    return !most.equals(rest);
  }

  /** The zone that has it, as {@code +01:00}. */
  String zone() {
    return ZoneOffset.ofTotalSeconds((int) most.toSeconds()).getId();
  }

  private static long seconds(ResultTime splunk, ResultTime here) {
    return splunk.matches(here) ? 0 : Duration.between(here.utc(), splunk.utc()).toSeconds();
  }
}
