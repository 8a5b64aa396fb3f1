package io.sysmonflink.decode.parse.xml;

import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.deadletter.Excerpt;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.RecordId;
import java.nio.charset.StandardCharsets;

/** What the elements inside {@code <System>} mean, for both XML parsers. */
public final class SystemElement {

  public static final String NAMESPACE = "http://schemas.microsoft.com/win/2004/08/events/event";

  private static final int EVENT_ID = 0;
  private static final int RECORD_ID = 1;
  private static final int CHANNEL = 2;
  private static final int COMPUTER = 3;
  private static final int PROVIDER = 4;
  private static final int TIME = 5;

  private final ValueCache values;

  private boolean eventIdSeen;
  private boolean timeSeen;

  public SystemElement(ValueCache values) {
    this.values = values;
  }

  public void clear() {
    eventIdSeen = false;
    timeSeen = false;
  }

  /** What the text of an element is, or {@link EventColumns#NONE} for what says nothing to us. */
  public static int fieldOf(String element) {
    return switch (element) {
      case "EventID" -> EVENT_ID;
      case "EventRecordID" -> RECORD_ID;
      case "Channel" -> CHANNEL;
      case "Computer" -> COMPUTER;
      default -> EventColumns.NONE; // Version, Level, Task, ... are no columns.
    };
  }

  /** What an attribute of an element is, or {@link EventColumns#NONE}. */
  public static int fieldOf(String element, String attribute) {
    if (element.equals("Provider") && attribute.equals("Name")) {
      return PROVIDER;
    }
    return element.equals("TimeCreated") && attribute.equals("SystemTime")
        ? TIME
        : EventColumns.NONE;
  }

  /** Takes a value, {@code b[from, to)}, which is UTF-8. */
  public void set(EventFields event, int field, byte[] b, int from, int to)
      throws BadRecordException {
    switch (field) {
      case EVENT_ID -> {
        once(eventIdSeen, "EventID");
        eventIdSeen = true;
        event.setEventCode(EventIds.parse(b, from, to));
        if (event.eventCode() == EventIds.NOT_AN_ID) {
          throw new BadRecordException(
              ErrorType.NO_EVENT_ID,
              "EventID is to be a number from 0 to 65535, not "
                  + Excerpt.of(new String(b, from, to - from, StandardCharsets.UTF_8)));
        }
      }
      case RECORD_ID -> {
        once(event.recordId() != RecordId.NONE, "EventRecordID");
        event.setRecordId(RecordId.parse(b, from, to));
      }
      case CHANNEL -> {
        once(event.channel() != null, "Channel");
        event.setChannel(values.text(b, from, to));
      }
      case COMPUTER -> {
        once(event.computer() != null, "Computer");
        event.setComputer(values.text(b, from, to));
      }
      case PROVIDER -> {
        once(event.provider() != null, "Provider");
        event.setProvider(values.text(b, from, to));
      }
      case TIME -> {
        once(timeSeen, "TimeCreated");
        timeSeen = true;
        event.logTime().set(b, from, to);
      }
      default -> {
        // No column.
      }
    }
  }

  private static void once(boolean seen, String element) throws BadRecordException {
    if (seen) {
      throw new BadRecordException(
          ErrorType.DUPLICATE_FIELD, "element " + element + " stands twice in System");
    }
  }
}
