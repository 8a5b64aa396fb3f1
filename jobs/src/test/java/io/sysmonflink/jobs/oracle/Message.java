package io.sysmonflink.jobs.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.util.List;

/**
 * A message of a topic, and what a reader must find in it.
 *
 * @param timestamp when it arrived, as the producer says
 * @param latin1 each of its bytes as a character; null for a tombstone
 * @param events its events, in their order
 * @param bad its records that must become dead letters, as Latin-1 text without blanks around
 */
public record Message(
    int partition, Instant timestamp, String latin1, List<WindowsEvent> events, List<String> bad) {

  static Message of(
      int partition, Instant timestamp, byte[] value, List<WindowsEvent> events, List<String> bad) {
    return new Message(partition, timestamp, new String(value, ISO_8859_1), events, bad);
  }

  /** Its bytes. */
  public byte[] value() {
    return latin1 == null ? null : latin1.getBytes(ISO_8859_1);
  }

  /** Whether it has no bytes at all. */
  public boolean isEmpty() {
    return latin1 == null || latin1.isEmpty();
  }
}
