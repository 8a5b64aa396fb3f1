package io.sysmonflink.format;

import java.nio.charset.StandardCharsets;

/** Reads an XML event: the layout that Windows writes the fast way, any other with Aalto. */
final class XmlEventParser {

  static final String SHAPE = "windows_xml";

  private final ValueCache values = new ValueCache();
  private final SystemElement system = new SystemElement(values);
  private final WindowsEventParser windowsParser =
      new WindowsEventParser(system, values, new EventLayouts());
  private final AaltoEventParser aaltoParser = new AaltoEventParser(system);

  /**
   * Reads the event in {@code b[from, to)} if it differs from one of the last only in its values.
   *
   * @param event is cleared and filled in
   */
  boolean parseKnown(byte[] b, int from, int to, EventFields event) {
    event.clear();
    system.clear();
    event.shape = SHAPE;
    return windowsParser.parseKnown(b, from, to, event);
  }

  /**
   * Reads the event in {@code b[from, to)}, which is UTF-8.
   *
   * @param event is cleared and filled in
   */
  void parse(byte[] b, int from, int to, EventFields event) throws BadRecordException {
    if (!parseFast(b, from, to, event)) {
      byte[] repaired = XmlRepair.repaired(b, from, to);
      if (repaired == null) {
        parsePlain(b, from, to, event);
      } else {
        if (!parseFast(repaired, 0, repaired.length, event)) {
          parsePlain(repaired, 0, repaired.length, event);
        }
        event.isRepaired = true;
      }
    }
    event.shape = SHAPE;
    if (event.eventCode == EventIds.NOT_AN_ID) {
      throw new BadRecordException(ErrorType.NO_EVENT_ID, "no EventID inside System");
    }
  }

  private boolean parseFast(byte[] b, int from, int to, EventFields event) {
    event.clear();
    system.clear();
    return windowsParser.parse(b, from, to, event);
  }

  private void parsePlain(byte[] b, int from, int to, EventFields event) throws BadRecordException {
    event.clear();
    system.clear();
    XmlAttributes.requireFew(b, from, to);
    event.shape = SHAPE;
    aaltoParser.parse(b, from, to, event);
  }

  /**
   * Takes the fields of EventData from a text that holds its elements, with or without others
   * around them.
   */
  void readData(String text, EventFields event) throws BadRecordException {
    byte[] b = ("<Text>" + text + "</Text>").getBytes(StandardCharsets.UTF_8);
    byte[] repaired = XmlRepair.repaired(b, 0, b.length);
    event.isRepaired |= repaired != null;
    byte[] data = repaired == null ? b : repaired;
    XmlAttributes.requireFew(data, 0, data.length);
    aaltoParser.parseData(data, event);
  }

  /** The names of the elements and of the fields of an event that was read. */
  String keys(byte[] b, int from, int to) {
    byte[] repaired = XmlRepair.repaired(b, from, to);
    return Excerpt.ofKeys(
        repaired == null
            ? aaltoParser.names(b, from, to)
            : aaltoParser.names(repaired, 0, repaired.length));
  }
}
