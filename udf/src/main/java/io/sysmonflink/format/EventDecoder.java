package io.sysmonflink.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Reads one framed record. An event with an unwanted id is told by its id alone where the layout
 * proves it, and is not validated then; any other is read whole, or is bad.
 */
final class EventDecoder {

  static final String XML_SHAPE = "windows_xml";

  /** What an endpoint's clock may be ahead. */
  private static final long MAX_SKEW_MILLIS = 24 * 3_600_000L;

  private final EventIds wanted;
  private final LongSupplier clock;
  private final SystemElement system = new SystemElement();
  private final WindowsEventParser windowsParser = new WindowsEventParser(system);
  private final AaltoEventParser aaltoParser = new AaltoEventParser(system);
  private final JsonEventParser jsonParser;

  /**
   * @param clock the time now in milliseconds, against which events from the future are told
   */
  EventDecoder(EventIds wanted, int maxRecordSize, LongSupplier clock) {
    this.wanted = wanted;
    this.clock = clock;
    this.jsonParser = new JsonEventParser(maxRecordSize);
  }

  /**
   * Reads the record in {@code b[from, to)}.
   *
   * @param text the same bytes as Latin-1, with the same indices
   * @param event is filled in; its event code always, the rest where true is returned
   * @return whether the event's id is wanted
   */
  boolean decode(RecordFramer.Kind kind, byte[] b, String text, int from, int to, EventFields event)
      throws BadRecordException {
    event.clear();
    if (kind == RecordFramer.Kind.XML) {
      event.eventCode = ProvenEventId.ofXml(text, from, to);
      if (event.eventCode != EventIds.NOT_AN_ID && !wanted.isWanted(event.eventCode)) {
        return false;
      }
    }
    requireUtf8(b, from, to);
    String time =
        kind == RecordFramer.Kind.XML
            ? xml(b, from, to, event)
            : jsonParser.parse(b, from, to, wanted, event);
    if (!wanted.isWanted(event.eventCode)) {
      return false;
    }
    setTime(event, time);
    return true;
  }

  private String xml(byte[] b, int from, int to, EventFields event) throws BadRecordException {
    event.clear();
    system.clear();
    if (!windowsParser.parse(b, from, to, event)) {
      event.clear();
      system.clear();
      aaltoParser.parse(b, from, to, event);
    }
    event.shape = XML_SHAPE;
    if (event.eventCode == EventIds.NOT_AN_ID) {
      throw new BadRecordException(ErrorType.NO_EVENT_ID, "no EventID inside System");
    }
    return system.systemTime();
  }

  private void setTime(EventFields event, String text) throws BadRecordException {
    String time = text != null && !text.isEmpty() ? text : event.utcTime();
    if (time == null) {
      throw new BadRecordException(
          ErrorType.UNREADABLE_TIME, "the event has neither a time of its log nor UtcTime");
    }
    event.time = EventTime.parse(time);
    if (event.time == EventTime.UNREADABLE) {
      throw new BadRecordException(
          ErrorType.UNREADABLE_TIME,
          "the time is to look like 2021-09-22T13:18:31.147Z, not " + Excerpt.of(time));
    }
    long now = clock.getAsLong();
    if (event.time > now + MAX_SKEW_MILLIS) {
      throw new BadRecordException(
          ErrorType.FROM_FUTURE,
          "the time "
              + Instant.ofEpochMilli(event.time)
              + " is more than a day after now, "
              + Instant.ofEpochMilli(now));
    }
  }

  private static void requireUtf8(byte[] b, int from, int to) throws BadRecordException {
    int i = from;
    while (i < to && b[i] >= 0) {
      i++;
    }
    if (i == to) {
      return;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(b, i, to - i);
    try {
      decoder.decode(bytes);
    } catch (CharacterCodingException e) {
      throw new BadRecordException(
          ErrorType.INVALID_UTF8, "no UTF-8 at byte " + (bytes.position() - from));
    }
  }
}
