package io.sysmonflink.decode.row;

import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.SysmonEvents;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.table.data.StringData;

/**
 * What a scan has seen so far: every record is counted once, as skipped by its id, decoded, or a
 * dead letter, so that records = skipped + decoded + dead letters.
 */
public final class ScanTally {

  /** So many different providers are told apart, as an attacker may write any. */
  private static final int MAX_PROVIDERS = 64;

  private static final String OTHERS = "(others)";

  /** So many different shapes are told apart: wrappers make many of few. */
  private static final int MAX_SHAPES = 64;

  private static final String NO_PROVIDER = "(none)";

  /** Ids come by 256, since few are ever seen and a tally is made for each of many small files. */
  private static final int PAGE = 256;

  private final long[][] skippedById = new long[EventIds.MAX_ID / PAGE + 1][];
  private final long[] decodedOfSysmon = new long[SysmonEvents.MAX_ID + 1];
  private final Map<String, Long> deadLetters = new TreeMap<>();
  private final Map<String, long[]> shapes = new TreeMap<>();
  private final Map<String, long[]> providers = new HashMap<>();

  /** By shape; few, as {@link #MAX_SHAPES} says. */
  private final Map<String, Long> noEventData = new TreeMap<>();

  private final Map<String, Long> noProvider = new TreeMap<>();
  private final Map<String, String> keys = new TreeMap<>();

  /** Those of the last event, which nearly always are those of the next. */
  private String shape;

  private long[] ofShape;
  private StringData provider;
  private long[] ofProvider;

  private long records;
  private long decoded;
  private long deadLetterCount;
  private long bytes;
  private long lists;
  private long repaired;
  private long framing;
  private long framingBytes;
  private long appended;
  private long noProviderCount;
  private long oldest = Long.MAX_VALUE;
  private long newest = Long.MIN_VALUE;
  private long began;
  private long ended;

  public void addSkipped(int eventId) {
    records++;
    long[] page = skippedById[eventId / PAGE];
    if (page == null) {
      page = skippedById[eventId / PAGE] = new long[PAGE];
    }
    page[eventId % PAGE]++;
  }

  /**
   * Counts a decoded event.
   *
   * @param keys those of an event that says neither its provider nor its channel; null unless
   *     {@link #wantsKeys}
   */
  public void decoded(EventFields event, String keys) {
    records++;
    decoded++;
    if (ofShape == null || !event.shape().equals(shape)) {
      shape = event.shape();
      ofShape = shapes.computeIfAbsent(shape, name -> new long[1]);
    }
    ofShape[0]++;
    if (ofProvider == null || !Objects.equals(event.provider(), provider)) {
      provider = event.provider();
      ofProvider = ofProvider(provider == null ? NO_PROVIDER : provider.toString());
    }
    ofProvider[0]++;
    lists += event.hasList() ? 1 : 0;
    repaired += event.isRepaired() ? 1 : 0;
    if (event.isOfNobody()) {
      noProviderCount++;
      count(noProvider, event.shape(), keys);
    }
    oldest = Math.min(oldest, event.time());
    newest = Math.max(newest, event.time());
    if (SysmonEvents.isOne(event)) {
      decodedOfSysmon[event.eventCode()]++;
    }
  }

  private long[] ofProvider(String name) {
    boolean known = providers.size() < MAX_PROVIDERS || providers.containsKey(name);
    return providers.computeIfAbsent(known ? name : OTHERS, other -> new long[1]);
  }

  public void deadLetter(ErrorType type) {
    records++;
    deadLetterCount++;
    deadLetters.merge(type.label(), 1L, Long::sum);
  }

  public void bytes(long count) {
    bytes += count;
  }

  /** A text of so many bytes stood before an event on its line. */
  public void framing(int length) {
    framing++;
    framingBytes += length;
  }

  /**
   * An event of Sysmon's has none of the fields that such an event has; it is a dead letter too.
   *
   * @param seen the keys that it has instead
   */
  public void noEventData(String shape, String seen) {
    count(noEventData, shape, seen);
  }

  /** Whether the keys of an event of this shape are still to be told. */
  public boolean wantsKeys(String shape) {
    return keys.size() < MAX_SHAPES && !keys.containsKey(shape);
  }

  private void count(Map<String, Long> counts, String shape, String seen) {
    boolean known = counts.size() < MAX_SHAPES || counts.containsKey(shape);
    counts.merge(known ? shape : OTHERS, 1L, Long::sum);
    if (seen != null && wantsKeys(shape)) {
      keys.put(shape, seen);
    }
  }

  /** So many bytes were added to the source since it was listed, and are not read. */
  public void appended(long count) {
    appended += count;
  }

  /** Takes the time when the reading began, in milliseconds. */
  public void began(long time) {
    began = time;
  }

  /** Takes the time of the last read so far, in milliseconds. */
  public void ended(long time) {
    ended = time;
  }

  /** Of one type. */
  public long deadLetters(ErrorType type) {
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
  public long decodedOfSysmon(int eventId) {
    return decodedOfSysmon[eventId];
  }

  /** Of the text, after decompression. */
  public long bytes() {
    return bytes;
  }

  /** Records of one id, which no detection asks for. */
  public long skipped(int eventId) {
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
    return counts(shapes);
  }

  /** Decoded events by provider. */
  public Map<String, Long> providers() {
    return counts(providers);
  }

  /** Decoded events that hold a list where others hold a value. */
  public long lists() {
    return lists;
  }

  /** Decoded events in which characters that XML forbids were replaced. */
  public long repaired() {
    return repaired;
  }

  /** Pieces of text that stood before an event on its line: no records. */
  public long framing() {
    return framing;
  }

  /** The bytes of these. */
  public long framingBytes() {
    return framingBytes;
  }

  /** Bytes that were added to the source since it was listed, and are not read. */
  public long appended() {
    return appended;
  }

  /** Events of Sysmon's without its fields, by shape; they are dead letters too. */
  public Map<String, Long> noEventData() {
    return noEventData;
  }

  /** Decoded events without provider and channel, by shape. */
  public Map<String, Long> noProvider() {
    return noProvider;
  }

  /** All of these. */
  public long noProviderCount() {
    return noProviderCount; // asked for by the thread of the metrics too, which no map stands
  }

  /** By shape, the keys that were seen in the first event of either kind. */
  public Map<String, String> keys() {
    return keys;
  }

  private static Map<String, Long> counts(Map<String, long[]> counts) {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((name, count) -> copy.put(name, count[0]));
    return copy;
  }

  /** The time of the oldest decoded event in milliseconds, or null where none was decoded. */
  public Long oldest() {
    return decoded == 0 ? null : oldest;
  }

  /** The time of the newest decoded event in milliseconds, or null where none was decoded. */
  public Long newest() {
    return decoded == 0 ? null : newest;
  }

  /** When the first byte was read, in milliseconds by the clock of the machine that did. */
  public long began() {
    return began;
  }

  /** When the end was reached, by the same clock. */
  public long ended() {
    return ended;
  }
}
