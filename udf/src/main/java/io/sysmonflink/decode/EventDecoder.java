package io.sysmonflink.decode;

import io.sysmonflink.decode.bytes.ByteScan;
import io.sysmonflink.decode.bytes.TextBuffer;
import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.deadletter.Excerpt;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.EventTime;
import io.sysmonflink.decode.event.SysmonEvents;
import io.sysmonflink.decode.event.TimeFrom;
import io.sysmonflink.decode.fast.FastPaths;
import io.sysmonflink.decode.frame.RecordFramer;
import io.sysmonflink.decode.parse.FastPath;
import io.sysmonflink.decode.parse.json.JsonElements;
import io.sysmonflink.decode.parse.json.JsonEventParser;
import io.sysmonflink.decode.parse.json.StrictJson;
import io.sysmonflink.decode.parse.json.shape.JsonShapes;
import io.sysmonflink.decode.parse.xml.XmlEventParser;
import io.sysmonflink.decode.skip.ProvenJsonId;
import io.sysmonflink.decode.skip.ProvenXmlId;
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

  /** What an endpoint's clock may be ahead. */
  private static final long MAX_SKEW_MILLIS = 24 * 3_600_000L;

  /** What became of a record. */
  enum Outcome {
    /** It is an event with a wanted id. */
    WANTED,
    /** It is an event with another id. */
    UNWANTED,
    /** It holds a list of records: {@link #elements}. */
    SEVERAL
  }

  /** So many wanted events are no longer a coincidence. */
  private static final int A_RUN = 2;

  private final EventIds wanted;
  private final TimeFrom timeFrom;
  private final LongSupplier clock;
  private final ProvenJsonId provenJsonId = new ProvenJsonId();
  private final XmlEventParser xmlParser;
  private final FastPath fastJson;
  private final JsonEventParser jsonParser;

  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

  private byte[] b = {};
  private String text = "";

  /** When the run of bytes came, in milliseconds. */
  private long now;

  /** The records in the one that was read last, where it holds a list of them. */
  private JsonElements elements;

  /** Where the event is that was read last, for its keys. */
  private boolean lastIsXml;

  private boolean lastIsPlain;
  private int lastFrom;
  private int lastTo;

  /** How many records in a row had a wanted id up to the last, or {@link #A_RUN} of more. */
  private int wantedInARow;

  /**
   * @param clock the time now in milliseconds, against which events from the future are told
   */
  EventDecoder(DecodingSettings settings, LongSupplier clock) {
    this.wanted = settings.eventIds();
    this.timeFrom = settings.timeFrom();
    this.clock = clock;
    ValueCache values = new ValueCache();
    boolean fast = settings.fastPaths();
    this.fastJson = fast ? FastPaths.json() : FastPath.NONE;
    this.xmlParser = new XmlEventParser(values, fast ? FastPaths.xml(values) : FastPath.NONE);
    StrictJson json = new StrictJson(settings.maxRecordSize());
    this.jsonParser =
        new JsonEventParser(
            settings.maxRecordSize(), json, xmlParser, JsonShapes.all(json, xmlParser));
  }

  /**
   * Takes the next run of bytes.
   *
   * @param text the same bytes as Latin-1, with the same indices
   */
  void reset(byte[] b, String text) {
    this.b = b;
    this.text = text;
    this.now = clock.getAsLong();
    provenJsonId.reset(b, text.length());
  }

  /**
   * Reads the record in {@code b[from, to)}.
   *
   * @param event is filled in; its event code always, the rest where it is wanted
   */
  Outcome decode(RecordFramer.Kind kind, int from, int to, EventFields event)
      throws BadRecordException {
    boolean isXml = kind == RecordFramer.Kind.XML;
    elements = null;
    lastIsPlain = false;
    lastIsXml = isXml;
    lastFrom = from;
    lastTo = to;
    // In a run of wanted events one that is like another need not prove its id.
    boolean read = wantedInARow >= A_RUN && readKnown(isXml, from, to, event);
    boolean isWanted = read;
    if (!read) {
      event.setEventCode(isXml ? ProvenXmlId.ofXml(text, from, to) : provenJsonId.of(from, to));
      isWanted = event.eventCode() == EventIds.NOT_AN_ID || wanted.isWanted(event.eventCode());
    }
    if (isWanted) {
      requireUtf8(b, from, to);
      if (!read) {
        read(isXml, from, to, event);
        isWanted = elements == null && wanted.isWanted(event.eventCode());
      }
    }
    wantedInARow = isWanted ? Math.min(A_RUN, wantedInARow + 1) : 0;
    return outcome(isWanted, event);
  }

  /** Reads one of a list of records; as {@link #decode}. */
  Outcome decode(JsonElements list, int index, EventFields event) throws BadRecordException {
    event.clear();
    lastIsPlain = true;
    elements = jsonParser.parse(list, index, wanted, event);
    return outcome(elements == null && wanted.isWanted(event.eventCode()), event);
  }

  private Outcome outcome(boolean isWanted, EventFields event) throws BadRecordException {
    if (isWanted) {
      requireFields(event);
      setTime(event);
      return Outcome.WANTED;
    }
    return elements == null ? Outcome.UNWANTED : Outcome.SEVERAL;
  }

  /** The records of a list, where that is what was read last. */
  JsonElements elements() {
    return elements;
  }

  /** Whether the event is of a layout that was read lately, and has a wanted id. */
  private boolean readKnown(boolean isXml, int from, int to, EventFields event) {
    boolean known =
        isXml ? xmlParser.parseKnown(b, from, to, event) : fastJson.parseKnown(b, from, to, event);
    return known && event.eventCode() != EventIds.NOT_AN_ID && wanted.isWanted(event.eventCode());
  }

  private void read(boolean isXml, int from, int to, EventFields event) throws BadRecordException {
    if (isXml) {
      xmlParser.parse(b, from, to, event);
    } else if (!fastJson.parse(b, from, to, event)) {
      event.clear();
      lastIsPlain = true;
      elements = jsonParser.parse(b, from, to, wanted, event);
    }
  }

  /** An event that is read without its fields would meet no search, and nobody would know. */
  private void requireFields(EventFields event) throws BadRecordException {
    if (!event.hasFieldOfSchema() && SysmonEvents.isOfSysmon(event)) {
      throw new BadRecordException(
          ErrorType.NO_EVENT_DATA,
          "an event of Sysmon's with the id %d has none of its fields; its keys are %s"
              .formatted(event.eventCode(), keys()));
    }
  }

  /** The keys of the event that was read last, as many as a person takes in. */
  String keys() {
    if (lastIsPlain) {
      return jsonParser.keys();
    }
    return lastIsXml ? xmlParser.keys(b, lastFrom, lastTo) : jsonParser.keys(b, lastFrom, lastTo);
  }

  private void setTime(EventFields event) throws BadRecordException {
    boolean ofLog = timeFrom == TimeFrom.LOG;
    TextBuffer time = ofLog ? event.logTime() : event.utcTime();
    if (time.isEmpty()) {
      time = ofLog ? event.utcTime() : event.logTime();
    }
    if (time.isEmpty()) {
      throw new BadRecordException(
          ErrorType.UNREADABLE_TIME, "the event has neither a time of its log nor UtcTime");
    }
    event.setTime(EventTime.parse(time.bytes(), 0, time.length()));
    if (event.time() == EventTime.UNREADABLE) {
      throw new BadRecordException(
          ErrorType.UNREADABLE_TIME,
          "the time is to look like 2021-09-22T13:18:31.147Z, not " + Excerpt.of(time.text()));
    }
    if (event.time() > now + MAX_SKEW_MILLIS) {
      throw new BadRecordException(
          ErrorType.FROM_FUTURE,
          "the time "
              + Instant.ofEpochMilli(event.time())
              + " is more than a day after now, "
              + Instant.ofEpochMilli(now));
    }
  }

  private void requireUtf8(byte[] b, int from, int to) throws BadRecordException {
    // A run of bytes that are no ASCII is UTF-8 or not by itself.
    for (int i = ByteScan.notAscii(b, from, to); i < to; i = ByteScan.notAscii(b, i, to)) {
      int run = i;
      while (i < to && b[i] < 0) {
        i++;
      }
      ByteBuffer bytes = ByteBuffer.wrap(b, run, i - run);
      try {
        utf8.decode(bytes);
      } catch (CharacterCodingException e) {
        throw new BadRecordException(
            ErrorType.INVALID_UTF8, "no UTF-8 at byte " + (bytes.position() - from));
      }
    }
  }
}
