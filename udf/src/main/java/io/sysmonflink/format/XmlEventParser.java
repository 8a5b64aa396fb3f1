package io.sysmonflink.format;

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
    event.clear();
    system.clear();
    if (!windowsParser.parse(b, from, to, event)) {
      event.clear();
      system.clear();
      XmlAttributes.requireFew(b, from, to);
      aaltoParser.parse(b, from, to, event);
    }
    event.shape = SHAPE;
    if (event.eventCode == EventIds.NOT_AN_ID) {
      throw new BadRecordException(ErrorType.NO_EVENT_ID, "no EventID inside System");
    }
  }
}
