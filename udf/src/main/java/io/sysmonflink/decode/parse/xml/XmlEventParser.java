package io.sysmonflink.decode.parse.xml;

import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.deadletter.Excerpt;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.parse.FastPath;
import java.nio.charset.StandardCharsets;

/** Reads an XML event: the fast path takes the layout that it knows, Aalto any other. */
public final class XmlEventParser {

  static final String SHAPE = "windows_xml";

  private final FastPath fast;
  private final SystemElement system;
  private final AaltoEventParser aaltoParser;

  /**
   * @param values makes the texts of values
   * @param fast takes what it knows, before Aalto is asked
   */
  public XmlEventParser(ValueCache values, FastPath fast) {
    this.fast = fast;
    this.system = new SystemElement(values);
    this.aaltoParser = new AaltoEventParser(system);
  }

  /**
   * Reads the event in {@code b[from, to)} if it differs from one of the last only in its values.
   *
   * @param event is cleared and filled in where it is read; else it holds anything
   */
  public boolean parseKnown(byte[] b, int from, int to, EventFields event) {
    boolean read = fast.parseKnown(b, from, to, event);
    event.setShape(SHAPE);
    return read;
  }

  /**
   * Reads the event in {@code b[from, to)}, which is UTF-8.
   *
   * @param event is cleared and filled in
   */
  public void parse(byte[] b, int from, int to, EventFields event) throws BadRecordException {
    if (!fast.parse(b, from, to, event)) {
      byte[] repaired = XmlRepair.repaired(b, from, to);
      if (repaired == null) {
        parsePlain(b, from, to, event);
      } else {
        if (!fast.parse(repaired, 0, repaired.length, event)) {
          parsePlain(repaired, 0, repaired.length, event);
        }
        event.markRepaired();
      }
    }
    event.setShape(SHAPE);
    if (event.eventCode() == EventIds.NOT_AN_ID) {
      throw new BadRecordException(ErrorType.NO_EVENT_ID, "no EventID inside System");
    }
  }

  private void parsePlain(byte[] b, int from, int to, EventFields event) throws BadRecordException {
    event.clear();
    system.clear();
    XmlAttributes.requireFew(b, from, to);
    event.setShape(SHAPE);
    aaltoParser.parse(b, from, to, event);
  }

  /**
   * Takes the fields of EventData from a text that holds its elements, with or without others
   * around them.
   */
  public void readData(String text, EventFields event) throws BadRecordException {
    byte[] b = ("<Text>" + text + "</Text>").getBytes(StandardCharsets.UTF_8);
    byte[] repaired = XmlRepair.repaired(b, 0, b.length);
    if (repaired != null) {
      event.markRepaired();
    }
    byte[] data = repaired == null ? b : repaired;
    XmlAttributes.requireFew(data, 0, data.length);
    aaltoParser.parseData(data, event);
  }

  /** The names of the elements and of the fields of an event that was read. */
  public String keys(byte[] b, int from, int to) {
    byte[] repaired = XmlRepair.repaired(b, from, to);
    return Excerpt.ofKeys(
        repaired == null
            ? aaltoParser.names(b, from, to)
            : aaltoParser.names(repaired, 0, repaired.length));
  }
}
