package io.sysmonflink.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.data.StringData;

/**
 * Reads the JSON that Winlogbeat 7 and NXLog write, straight from the bytes: {@link
 * WinlogbeatShape} and {@link NxlogShape}. Values that no column wants are passed over without
 * becoming objects.
 *
 * <p>It does not judge. Whatever may be of another shape, or bad, it leaves to {@link
 * JsonEventParser}, with which it must agree on all that it takes.
 */
final class ShipperJsonParser {

  private static final byte[] WINLOG = ascii("winlog");
  private static final byte[] EVENT = ascii("event");
  private static final byte[] HOST = ascii("host");
  private static final byte[] PROCESS = ascii("process");
  private static final byte[] DNS = ascii("dns");
  private static final byte[] TIMESTAMP = ascii("@timestamp");
  private static final byte[] ORIGINAL = ascii("original");
  private static final byte[] CODE = ascii("code");
  private static final byte[] PROVIDER = ascii("provider");
  private static final byte[] NAME = ascii("name");
  private static final byte[] EVENT_ID = ascii("event_id");
  private static final byte[] PROVIDER_NAME = ascii("provider_name");
  private static final byte[] CHANNEL = ascii("channel");
  private static final byte[] COMPUTER_NAME = ascii("computer_name");
  private static final byte[] RECORD_ID = ascii("record_id");
  private static final byte[] EVENT_DATA = ascii("event_data");

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
          "winlog", // 13: from here on, marks of other shapes
          "event",
          "event_id",
          "win",
          "data",
          "EventData",
          "TimeCreated");

  private static final int FIRST_OTHER = FLAT.indexOf("winlog");

  private final JsonCursor json = new JsonCursor();
  private final EventFields flat = new EventFields(new EventColumns(FLAT, Set.copyOf(FLAT)));

  /** The shape of the last record; the next is likely to have it too. */
  private boolean winlogbeat;

  private StringData id;
  private StringData provider;
  private StringData computer;
  private StringData recordId;
  private StringData time;
  private StringData eventCode;
  private StringData eventProvider;
  private StringData hostName;
  private boolean idSeen;

  /**
   * Reads the object in {@code b[from, to)}, which is UTF-8, into {@code event}.
   *
   * @param event is cleared and filled in
   * @return false where it is not of these shapes, or bad; then {@code event} holds anything
   */
  boolean parse(byte[] b, int from, int to, EventFields event) {
    if (parse(b, from, to, event, winlogbeat)) {
      return true;
    }
    if (!parse(b, from, to, event, !winlogbeat)) {
      return false;
    }
    winlogbeat = !winlogbeat;
    return true;
  }

  /** The text of the time of the event that was read, or null. */
  String time() {
    return time == null ? null : time.toString();
  }

  private boolean parse(byte[] b, int from, int to, EventFields event, boolean asWinlogbeat) {
    event.clear();
    json.reset(b, from, to);
    try {
      return (asWinlogbeat ? winlogbeat(event) : flat(event)) && json.atEnd() && setId(event);
    } catch (BadRecordException e) {
      // Jackson is to say what is wrong: it may find something worse before this.
      return false;
    }
  }

  private boolean setId(EventFields event) {
    String text = id == null ? "" : id.toString();
    event.eventCode = EventIds.parse(text, 0, text.length());
    event.recordId = recordId == null ? null : RecordId.parse(recordId.toString());
    event.provider = provider;
    event.computer = computer;
    return event.eventCode != EventIds.NOT_AN_ID;
  }

  private boolean flat(EventFields event) throws BadRecordException {
    flat.clear();
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      int slot = flat.slotOf(json);
      if (slot >= FIRST_OTHER) {
        return false;
      }
      int column = event.slotOf(json);
      if (slot == EventColumns.NONE && column == EventColumns.NONE) {
        if (!json.skip()) {
          return false;
        }
        continue;
      }
      if (!json.scalar()) {
        return false;
      }
      flat.put(slot, json);
      event.put(column, json);
    }
    id = flat.value(0);
    provider = first(1, 3);
    event.channel = flat.value(4);
    computer = first(5, 7);
    recordId = first(8, 10);
    time = first(11, 12);
    event.shape = "nxlog";
    return member == JsonCursor.Member.END;
  }

  private StringData first(int from, int to) {
    for (int slot = from; slot < to; slot++) {
      if (flat.value(slot) != null) {
        return flat.value(slot);
      }
    }
    return flat.value(to);
  }

  private boolean winlogbeat(EventFields event) throws BadRecordException {
    id = provider = computer = recordId = time = eventCode = eventProvider = hostName = null;
    idSeen = false;
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
        read = host();
      } else if (json.nameIs(TIMESTAMP)) {
        read = json.scalar();
        time = json.text();
      } else {
        // Elastic's pipeline has moved fields there.
        read = !json.nameIs(PROCESS) && !json.nameIs(DNS) && json.skip();
      }
      if (!read) {
        return false;
      }
    }
    id = idSeen ? id : eventCode;
    provider = provider == null ? eventProvider : provider;
    computer = computer == null ? hostName : computer;
    event.shape = "winlogbeat";
    return winlog && member == JsonCursor.Member.END;
  }

  private boolean winlog(EventFields event) throws BadRecordException {
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      boolean read;
      if (json.nameIs(EVENT_DATA)) {
        read = eventData(event);
      } else if (json.nameIs(EVENT_ID)) {
        idSeen = true;
        read = json.scalar();
        id = json.text();
      } else if (json.nameIs(PROVIDER_NAME)) {
        read = json.scalar();
        provider = json.text();
      } else if (json.nameIs(CHANNEL)) {
        read = json.scalar();
        event.channel = json.text();
      } else if (json.nameIs(COMPUTER_NAME)) {
        read = json.scalar();
        computer = json.text();
      } else if (json.nameIs(RECORD_ID)) {
        read = json.scalar();
        recordId = json.text();
      } else {
        read = json.skip();
      }
      if (!read) {
        return false;
      }
    }
    return member == JsonCursor.Member.END;
  }

  private boolean eventData(EventFields event) throws BadRecordException {
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      int column = event.slotOf(json);
      if (!(column == EventColumns.NONE ? json.skip() : json.scalar())) {
        return false;
      }
      event.put(column, json);
    }
    return member == JsonCursor.Member.END;
  }

  private boolean event() {
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      boolean read;
      if (json.nameIs(CODE)) {
        read = json.scalar();
        eventCode = json.text();
      } else if (json.nameIs(PROVIDER)) {
        read = json.scalar();
        eventProvider = json.text();
      } else {
        read = !json.nameIs(ORIGINAL) && json.skip();
      }
      if (!read) {
        return false;
      }
    }
    return member == JsonCursor.Member.END;
  }

  private boolean host() {
    int object = json.object();
    JsonCursor.Member member = json.member(object, true);
    for (; member == JsonCursor.Member.NEXT; member = json.member(object, false)) {
      boolean name = json.nameIs(NAME);
      if (!(name ? json.scalar() : json.skip())) {
        return false;
      }
      hostName = name ? json.text() : hostName;
    }
    return member == JsonCursor.Member.END;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
