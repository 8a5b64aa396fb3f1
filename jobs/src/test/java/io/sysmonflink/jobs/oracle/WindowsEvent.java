package io.sysmonflink.jobs.oracle;

import java.time.Instant;
import java.util.Map;

/**
 * One record of a Windows event log as the oracle sees it. A missing or empty field is null, or not
 * in {@code data}; {@code time} is cut to milliseconds.
 */
public record WindowsEvent(
    int eventId,
    Instant time,
    String provider,
    String channel,
    String computer,
    Map<String, String> data) {

  public WindowsEvent {
    data = Map.copyOf(data);
  }

  /** The same event at another time. */
  public WindowsEvent at(Instant otherTime) {
    return new WindowsEvent(eventId, otherTime, provider, channel, computer, data);
  }
}
