package io.sysmonflink.format;

/** What the elements inside {@code <System>} mean, for both XML parsers. */
final class SystemElement {

  static final String NAMESPACE = "http://schemas.microsoft.com/win/2004/08/events/event";

  private boolean eventIdSeen;
  private boolean timeSeen;
  private String systemTime;

  void clear() {
    eventIdSeen = false;
    timeSeen = false;
    systemTime = null;
  }

  /** The text of TimeCreated's SystemTime, or null. */
  String systemTime() {
    return systemTime;
  }

  /** Takes the text of an element; those that say nothing to us are passed over. */
  void text(EventFields event, String element, String text) throws BadRecordException {
    switch (element) {
      case "EventID" -> {
        once(eventIdSeen, element);
        eventIdSeen = true;
        event.eventCode = EventIds.parse(text, 0, text.length());
        if (event.eventCode == EventIds.NOT_AN_ID) {
          throw new BadRecordException(
              ErrorType.NO_EVENT_ID,
              "EventID is to be a number from 0 to 65535, not " + Excerpt.of(text));
        }
      }
      case "EventRecordID" -> {
        once(event.recordId != null, element);
        event.recordId = RecordId.parse(text);
      }
      case "Channel" -> {
        once(event.channel != null, element);
        event.channel = EventFields.stringData(text);
      }
      case "Computer" -> {
        once(event.computer != null, element);
        event.computer = EventFields.stringData(text);
      }
      default -> {
        // Version, Level, Task, ... are no columns.
      }
    }
  }

  /** Takes an attribute of an element. */
  void attribute(EventFields event, String element, String name, String value)
      throws BadRecordException {
    if (element.equals("Provider") && name.equals("Name")) {
      once(event.provider != null, "Provider");
      event.provider = EventFields.stringData(value);
    } else if (element.equals("TimeCreated") && name.equals("SystemTime")) {
      once(timeSeen, "TimeCreated");
      timeSeen = true;
      systemTime = value;
    }
  }

  static boolean hasText(String element) {
    return switch (element) {
      case "EventID", "EventRecordID", "Channel", "Computer" -> true;
      default -> false;
    };
  }

  private static void once(boolean seen, String element) throws BadRecordException {
    if (seen) {
      throw new BadRecordException(
          ErrorType.DUPLICATE_FIELD, "element " + element + " stands twice in System");
    }
  }
}
