package io.sysmonflink.format;

import java.nio.charset.StandardCharsets;

/** What the elements inside {@code <System>} mean, for both XML parsers. */
final class SystemElement {

  static final String NAMESPACE = "http://schemas.microsoft.com/win/2004/08/events/event";

  private final ValueCache values;

  private boolean eventIdSeen;
  private boolean timeSeen;
  private String systemTime;

  SystemElement(ValueCache values) {
    this.values = values;
  }

  void clear() {
    eventIdSeen = false;
    timeSeen = false;
    systemTime = null;
  }

  /** The text of TimeCreated's SystemTime, or null. */
  String systemTime() {
    return systemTime;
  }

  /**
   * Takes the text of an element, {@code b[from, to)}, which is UTF-8; those that say nothing to us
   * are passed over.
   */
  void text(EventFields event, String element, byte[] b, int from, int to)
      throws BadRecordException {
    switch (element) {
      case "EventID" -> {
        once(eventIdSeen, element);
        eventIdSeen = true;
        String text = string(b, from, to);
        event.eventCode = EventIds.parse(text, 0, text.length());
        if (event.eventCode == EventIds.NOT_AN_ID) {
          throw new BadRecordException(
              ErrorType.NO_EVENT_ID,
              "EventID is to be a number from 0 to 65535, not " + Excerpt.of(text));
        }
      }
      case "EventRecordID" -> {
        once(event.recordId != null, element);
        event.recordId = RecordId.parse(string(b, from, to));
      }
      case "Channel" -> {
        once(event.channel != null, element);
        event.channel = values.text(b, from, to);
      }
      case "Computer" -> {
        once(event.computer != null, element);
        event.computer = values.text(b, from, to);
      }
      default -> {
        // Version, Level, Task, ... are no columns.
      }
    }
  }

  /** Takes an attribute of an element. */
  void attribute(EventFields event, String element, String name, byte[] b, int from, int to)
      throws BadRecordException {
    if (element.equals("Provider") && name.equals("Name")) {
      once(event.provider != null, "Provider");
      event.provider = values.text(b, from, to);
    } else if (element.equals("TimeCreated") && name.equals("SystemTime")) {
      once(timeSeen, "TimeCreated");
      timeSeen = true;
      systemTime = string(b, from, to);
    }
  }

  private static String string(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.UTF_8);
  }

  private static void once(boolean seen, String element) throws BadRecordException {
    if (seen) {
      throw new BadRecordException(
          ErrorType.DUPLICATE_FIELD, "element " + element + " stands twice in System");
    }
  }
}
