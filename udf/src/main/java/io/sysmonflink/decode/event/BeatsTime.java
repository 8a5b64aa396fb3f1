package io.sysmonflink.decode.event;

import io.sysmonflink.decode.bytes.TextBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Which of the times of a document of Elastic's Beats is the one when the event happened.
 * Winlogbeat's {@code @timestamp} is; Filebeat's may be when it read the event, years later, so
 * what it has of the event's own comes first. Where nobody says which Beat it was,
 * {@code @timestamp} counts if it is close to UtcTime, as the two times of one event are.
 */
public final class BeatsTime {

  private static final byte[] WINLOGBEAT = "winlogbeat".getBytes(StandardCharsets.US_ASCII);

  /** Real events had the two 7.5 seconds apart at the most. */
  private static final long CLOSE_MILLIS = 60_000;

  /** {@code agent.type}. */
  public final TextBuffer agent = new TextBuffer();

  /** {@code @metadata.beat}. */
  public final TextBuffer beat = new TextBuffer();

  /** {@code winlog.time_created}. */
  public final TextBuffer created = new TextBuffer();

  /** {@code @timestamp}. */
  public final TextBuffer timestamp = new TextBuffer();

  /** The one that counts, which is empty where there is none. */
  public TextBuffer of(EventFields event) {
    TextBuffer utcTime = event.utcTime();
    TextBuffer writer = agent.isEmpty() ? beat : agent;
    if (writer.is(WINLOGBEAT)) {
      return first(timestamp, created);
    }
    if (!created.isEmpty()) {
      return created;
    }
    boolean unknown = writer.isEmpty();
    return unknown && (utcTime.isEmpty() || areClose(timestamp, utcTime))
        ? timestamp
        : first(utcTime, timestamp);
  }

  private static TextBuffer first(TextBuffer one, TextBuffer other) {
    return one.isEmpty() ? other : one;
  }

  private static boolean areClose(TextBuffer one, TextBuffer other) {
    long first = EventTime.parse(one.bytes(), 0, one.length());
    long second = EventTime.parse(other.bytes(), 0, other.length());
    return first != EventTime.UNREADABLE
        && second != EventTime.UNREADABLE
        && Math.abs(first - second) <= CLOSE_MILLIS;
  }
}
