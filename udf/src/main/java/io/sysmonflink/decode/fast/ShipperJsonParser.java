package io.sysmonflink.decode.fast;

import io.sysmonflink.decode.bytes.TextBuffer;
import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.BeatsTime;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.RecordId;
import io.sysmonflink.decode.event.SysmonEvents;
import io.sysmonflink.decode.event.SysmonSchema;
import io.sysmonflink.decode.parse.FastPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.data.StringData;

/**
 * Reads the JSON that Winlogbeat 7 and NXLog write, straight from the bytes: the shapes {@code
 * winlogbeat} and {@code nxlog}. Values that no column wants are passed over without becoming
 * objects. An event that differs from one of the last only in its values is not even parsed: {@link
 * EventLayout}.
 *
 * <p>It does not judge. Whatever may be of another shape, or bad, it leaves to {@link
 * JsonEventParser}, with which it must agree on all that it takes.
 */
final class ShipperJsonParser implements FastPath {

  private static final byte[] WINLOG = ascii("winlog");
  private static final byte[] EVENT = ascii("event");
  private static final byte[] HOST = ascii("host");
  private static final byte[] AGENT = ascii("agent");
  private static final byte[] METADATA = ascii("@metadata");
  private static final byte[] PROCESS = ascii("process");
  private static final byte[] DNS = ascii("dns");
  private static final byte[] ORIGINAL = ascii("original");
  private static final byte[] EVENT_DATA = ascii("event_data");

  // Winlogbeat's envelope: the members of each of its objects, and their places in all.
  private static final byte[][] IN_OBJECT = {ascii("@timestamp")};
  private static final int TIMESTAMP = 0;
  private static final byte[][] IN_WINLOG = {
    ascii("event_id"),
    ascii("provider_name"),
    ascii("channel"),
    ascii("computer_name"),
    ascii("record_id"),
    ascii("time_created")
  };
  private static final int EVENT_ID = 1;
  private static final int PROVIDER_NAME = 2;
  private static final int CHANNEL = 3;
  private static final int COMPUTER_NAME = 4;
  private static final int RECORD_ID = 5;
  private static final int TIME_CREATED = 6;
  private static final byte[][] IN_EVENT = {ascii("code"), ascii("provider")};
  private static final int CODE = 7;
  private static final int PROVIDER = 8;
  private static final byte[][] IN_HOST = {ascii("name")};
  private static final int HOST_NAME = 9;
  private static final byte[][] IN_AGENT = {ascii("type")};
  private static final int AGENT_TYPE = 10;
  private static final byte[][] IN_METADATA = {ascii("beat")};
  private static final int METADATA_BEAT = 11;

  /** The members of a flat object that are its envelope, in groups of which the first counts. */
  private static final List<String> FLAT =
      List.of(
          "EventID", // 0
          "SourceName", // 1
          "ProviderName",
          "Provider",
          "Channel", // 4
          "Hostname", // 5
          "Computer",
          "MachineName",
          "RecordNumber", // 8
          "EventRecordID",
          "RecordId",
          "UtcTime", // 11
          "@timestamp",
          "EventTime", // 13: of events that have neither
          "winlog", // 14: from here on, marks of other shapes
          "event",
          "event_id",
          "win",
          "data",
          "EventData",
          "System",
          "Event",
          "StringInserts",
          "TimeCreated");

  private static final int FIRST_OTHER = FLAT.indexOf("winlog");

  private static final String FLAT_SHAPE = "nxlog";
  private static final String WINLOGBEAT_SHAPE = "winlogbeat";

  /** Where the envelope of a flat object begins, behind Winlogbeat's. */
  private static final int OF_FLAT = 12;

  private final EventLayouts layouts;
  private final JsonCursor json;
  private final ValueCache values = new ValueCache();
  private final EventFields flat = new EventFields(new EventColumns(FLAT, Set.of()));
  private final TextBuffer[] envelope = new TextBuffer[OF_FLAT + FIRST_OTHER];

  private final BeatsTime beatsTime = new BeatsTime();

  /** Whether {@code winlog.event_id} is there, be it empty. */
  private boolean idSeen;

  /** The shape of the last record that was parsed; the next is likely to have it too. */
  private boolean winlogbeat;

  ShipperJsonParser(EventLayouts layouts) {
    this.layouts = layouts;
    this.json = new JsonCursor(layouts, values);
    Arrays.setAll(envelope, i -> new TextBuffer());
    envelope[TIMESTAMP] = beatsTime.timestamp;
    envelope[TIME_CREATED] = beatsTime.created;
    envelope[AGENT_TYPE] = beatsTime.agent;
    envelope[METADATA_BEAT] = beatsTime.beat;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, EventFields event) {
    if (parseKnown(b, from, to, event)) {
      return true;
    }
    if (parse(b, from, to, event, winlogbeat)) {
      return true;
    }
    if (!parse(b, from, to, event, !winlogbeat)) {
      return false;
    }
    winlogbeat = !winlogbeat;
    return true;
  }

  @Override
  public boolean parseKnown(byte[] b, int from, int to, EventFields event) {
    EventLayout layout = layouts.of(b, from, to);
    if (layout == null) {
      return false;
    }
    clear(b, from, to, event);
    return read(layout, event);
  }

  private void clear(byte[] b, int from, int to, EventFields event) {
    event.clear();
    for (TextBuffer text : envelope) {
      text.clear();
    }
    idSeen = false;
    json.reset(b, from, to);
  }

  private boolean read(EventLayout layout, EventFields event) {
    event.setFound(layout.found());
    for (int value : layout.used()) {
      if (!json.setValue(layout.kind(value), layout.start(value), layout.end(value))) {
        return false;
      }
      if (layout.envelope(value) != EventColumns.NONE) {
        keep(layout.envelope(value));
      }
      if (layout.slot(value) != EventColumns.NONE) {
        json.set(event, layout.slot(value));
      }
    }
    return setEnvelope(event);
  }

  private boolean parse(byte[] b, int from, int to, EventFields event, boolean asWinlogbeat) {
    clear(b, from, to, event);
    layouts.begin();
    try {
      boolean read =
          (asWinlogbeat ? winlogbeat(event) : flat(event)) && json.atEnd() && setEnvelope(event);
      if (read) {
        layouts.learn(b, from, to, event);
      }
      return read;
    } catch (BadRecordException e) {
      // Jackson is to say what is wrong: it may find something worse before this.
      return false;
    }
  }

  private boolean setEnvelope(EventFields event) {
    // A flat object is taken only with an id of its own, and Winlogbeat's never has that.
    boolean isFlat = !envelope[OF_FLAT].isEmpty();
    event.setShape(isFlat ? FLAT_SHAPE : WINLOGBEAT_SHAPE);
    TextBuffer id = isFlat ? envelope[OF_FLAT] : envelope[idSeen ? EVENT_ID : CODE];
    event.setEventCode(EventIds.parse(id.bytes(), 0, id.length()));
    TextBuffer recordId = isFlat ? ofFlat(8, 10) : envelope[RECORD_ID];
    event.setRecordId(RecordId.parse(recordId.bytes(), 0, recordId.length()));
    event.setProvider(text(isFlat ? ofFlat(1, 3) : first(PROVIDER_NAME, PROVIDER)));
    event.setChannel(text(isFlat ? ofFlat(4, 4) : envelope[CHANNEL]));
    event.setComputer(text(isFlat ? ofFlat(5, 7) : first(COMPUTER_NAME, HOST_NAME)));
    TextBuffer time = isFlat ? flatTime(event) : beatsTime.of(event);
    event.logTime().set(time.bytes(), 0, time.length());
    // What a field of these is, and what a message tells where there are no fields, is Jackson's.
    return event.eventCode() != EventIds.NOT_AN_ID
        && !(isFlat && SysmonSchema.hasContested(event.eventCode()))
        && (event.hasFieldOfSchema() || !SysmonEvents.isOfSysmon(event));
  }

  private TextBuffer flatTime(EventFields event) {
    TextBuffer time = ofFlat(11, 12);
    return time.isEmpty() && !SysmonEvents.isOfSysmon(event) ? ofFlat(13, 13) : time;
  }

  private StringData text(TextBuffer text) {
    return values.text(text.bytes(), 0, text.length());
  }

  private TextBuffer first(int one, int other) {
    return envelope[one].isEmpty() ? envelope[other] : envelope[one];
  }

  /** The first of a flat object's group that has a text. */
  private TextBuffer ofFlat(int from, int to) {
    for (int slot = from; slot < to; slot++) {
      if (!envelope[OF_FLAT + slot].isEmpty()) {
        return envelope[OF_FLAT + slot];
      }
    }
    return envelope[OF_FLAT + to];
  }

  private boolean flat(EventFields event) throws BadRecordException {
    flat.clear();
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      int slot = json.columnOf(flat.columns());
      if (slot >= FIRST_OTHER) {
        return false;
      }
      int column = json.columnOf(event.columns());
      if (column != EventColumns.NONE && event.columns().isContested(column)) {
        column = EventColumns.NONE;
      }
      if (slot == EventColumns.NONE && column == EventColumns.NONE) {
        if (!json.skip()) {
          return false;
        }
        continue;
      }
      if (!json.scalar()) {
        return false;
      }
      if (slot != EventColumns.NONE && flat.claim(slot, json.firstLetterOfName())) {
        layouts.envelope(OF_FLAT + slot);
        keep(OF_FLAT + slot);
      }
      setField(event, column);
    }
    return member == JsonCursor.Member.END && !envelope[OF_FLAT].isEmpty();
  }

  private boolean winlogbeat(EventFields event) throws BadRecordException {
    boolean winlog = false;
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      boolean read;
      if (json.nameIs(WINLOG)) {
        winlog = true;
        read = winlog(event);
      } else if (json.nameIs(EVENT)) {
        read = event();
      } else if (json.nameIs(HOST)) {
        read = object(IN_HOST, HOST_NAME);
      } else if (json.nameIs(AGENT)) {
        read = object(IN_AGENT, AGENT_TYPE);
      } else if (json.nameIs(METADATA)) {
        read = object(IN_METADATA, METADATA_BEAT);
      } else {
        // Elastic's pipeline has moved fields to the two.
        read = !json.nameIs(PROCESS) && !json.nameIs(DNS) && value(IN_OBJECT, TIMESTAMP);
      }
      if (!read) {
        return false;
      }
    }
    return winlog && member == JsonCursor.Member.END;
  }

  private boolean winlog(EventFields event) throws BadRecordException {
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      if (!(json.nameIs(EVENT_DATA) ? eventData(event) : value(IN_WINLOG, EVENT_ID))) {
        return false;
      }
    }
    return member == JsonCursor.Member.END;
  }

  private boolean eventData(EventFields event) throws BadRecordException {
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      int column = json.columnOf(event.columns());
      if (!(column == EventColumns.NONE ? json.skip() : json.scalar())) {
        return false;
      }
      setField(event, column);
    }
    return member == JsonCursor.Member.END;
  }

  private boolean event() {
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      if (json.nameIs(ORIGINAL) || !value(IN_EVENT, CODE)) {
        return false;
      }
    }
    return member == JsonCursor.Member.END;
  }

  /** Reads an object of which only these members count. */
  private boolean object(byte[][] names, int firstPlace) {
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      if (!value(names, firstPlace)) {
        return false;
      }
    }
    return member == JsonCursor.Member.END;
  }

  /**
   * Reads the value of a member: into the envelope where it has one of the names, or not at all.
   */
  private boolean value(byte[][] names, int firstPlace) {
    for (int i = 0; i < names.length; i++) {
      if (json.nameIs(names[i])) {
        if (!json.scalar()) {
          return false;
        }
        layouts.envelope(firstPlace + i);
        keep(firstPlace + i);
        return true;
      }
    }
    return json.skip();
  }

  private void keep(int place) {
    idSeen |= place == EVENT_ID;
    json.keep(envelope[place]);
  }

  /** Takes the value that was read last as a field of EventData. */
  private void setField(EventFields event, int column) throws BadRecordException {
    if (column != EventColumns.NONE
        && event.claim(column, json.firstLetterOfName())
        && event.isWanted(column)) {
      layouts.slot(column);
      json.set(event, column);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
