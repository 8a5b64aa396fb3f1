package io.sysmonflink.format;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a scan has seen so far: every record is counted once, as skipped by its id, decoded, or a
 * dead letter, so that records = skipped + decoded + dead letters.
 */
public final class ScanTally {

  /** So many different providers are told apart, as an attacker may write any. */
  private static final int MAX_PROVIDERS = 64;

  private static final String OTHER_PROVIDERS = "(others)";
  private static final String NO_PROVIDER = "(none)";

  /** Ids come by 256, since few are ever seen and a tally is made for each of many small files. */
  private static final int PAGE = 256;

  private final long[][] skippedById = new long[EventIds.MAX_ID / PAGE + 1][];
  private final long[] decodedOfSysmon = new long[SysmonEvents.MAX_ID + 1];
  private final Map<String, Long> deadLetters = new TreeMap<>();
  private final Map<String, Long> shapes = new TreeMap<>();
  private final Map<String, Long> providers = new HashMap<>();

  private long records;
  private long decoded;
  private long deadLetterCount;
  private long bytes;
  private long oldest = Long.MAX_VALUE;
  private long newest = Long.MIN_VALUE;

  void addSkipped(int eventId) {
    records++;
    long[] page = skippedById[eventId / PAGE];
    if (page == null) {
      page = skippedById[eventId / PAGE] = new long[PAGE];
    }
    page[eventId % PAGE]++;
  }

  void decoded(EventFields event) {
    records++;
    decoded++;
    shapes.merge(event.shape, 1L, Long::sum);
    String provider = event.provider == null ? NO_PROVIDER : event.provider.toString();
    boolean known = providers.size() < MAX_PROVIDERS || providers.containsKey(provider);
    providers.merge(known ? provider : OTHER_PROVIDERS, 1L, Long::sum);
    oldest = Math.min(oldest, event.time);
    newest = Math.max(newest, event.time);
    if (SysmonEvents.isOne(event)) {
      decodedOfSysmon[event.eventCode]++;
    }
  }

  void deadLetter(ErrorType type) {
    records++;
    deadLetterCount++;
    deadLetters.merge(type.label(), 1L, Long::sum);
  }

  void bytes(long count) {
    bytes += count;
  }

  /** Of one type. */
  long deadLetters(ErrorType type) {
    return deadLetters.getOrDefault(type.label(), 0L);
  }

  /** Records whose id no detection asks for. */
  public long skippedCount() {
    return records - decoded - deadLetterCount;
  }

  public long records() {
    return records;
  }

  public long decoded() {
    return decoded;
  }

  /** Decoded events of Sysmon's own that have an id of its {@link SysmonEvents#IDS}. */
  long decodedOfSysmon(int eventId) {
    return decodedOfSysmon[eventId];
  }

  /** Of the text, after decompression. */
  public long bytes() {
    return bytes;
  }

  /** Records of one id, which no detection asks for. */
  long skipped(int eventId) {
    long[] page = skippedById[eventId / PAGE];
    return page == null ? 0 : page[eventId % PAGE];
  }

  /** Records whose id no detection asks for, by id. */
  public Map<String, Long> skipped() {
    Map<String, Long> skipped = new TreeMap<>();
    for (int id = 0; id <= EventIds.MAX_ID; id++) {
      long count = skipped(id);
      if (count > 0) {
        skipped.put(Integer.toString(id), count);
      }
    }
    return skipped;
  }

  /** Dead letters by error type. */
  public Map<String, Long> deadLetters() {
    return deadLetters;
  }

  /** All dead letters. */
  public long deadLetterCount() {
    return deadLetterCount;
  }

  /** Decoded events by shape. */
  public Map<String, Long> shapes() {
    return shapes;
  }

  /** Decoded events by provider. */
  public Map<String, Long> providers() {
    return providers;
  }

  /** The time of the oldest decoded event in milliseconds, or null where none was decoded. */
  public Long oldest() {
    return decoded == 0 ? null : oldest;
  }

  /** The time of the newest decoded event in milliseconds, or null where none was decoded. */
  public Long newest() {
    return decoded == 0 ? null : newest;
  }
}
