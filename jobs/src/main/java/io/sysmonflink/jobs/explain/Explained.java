package io.sysmonflink.jobs.explain;

import io.sysmonflink.jobs.catalog.Detection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to say of one record.
 *
 * @param source the file it stands in
 * @param position its first byte there
 * @param deadLetter why it could not be read, if so; then the event has only nulls
 * @param event its envelope
 * @param macro the conditions of the macro, such as that it is one of Sysmon's
 * @param detections each of the selected ones
 */
record Explained(
    String source,
    long position,
    Optional<DeadLetter> deadLetter,
    Event event,
    Macro macro,
    List<OfDetection> detections) {

  /**
   * A record that is not an event, or not to be believed.
   *
   * @param beginning its first bytes, for a person
   */
  record DeadLetter(String errorType, String errorMessage, String beginning) {}

  /** An event's envelope; what it lacks is null. */
  record Event(Integer eventCode, Instant time, String provider, String channel, String computer) {}

  /** What the macro makes of it. */
  record Macro(String name, Verdict verdict) {}

  /**
   * What a detection makes of it.
   *
   * @param search its WHERE
   * @param byFields what it groups by
   * @param filter the site's filter over its row, if it has a condition
   */
  record OfDetection(
      Detection detection, Verdict search, Set<String> byFields, Optional<Verdict> filter) {

    /** Whether the detection reads events of this id at all. */
    boolean reads(Event event) {
      return detection.metadata().eventCodes().contains(event.eventCode);
    }
  }

  /** Whether a detection counts it, before the site's filter. */
  boolean matches(OfDetection detection) {
    return deadLetter.isEmpty()
        && macro.verdict.holds()
        && detection.reads(event)
        && detection.search.holds();
  }
}
