package io.sysmonflink.decode.parse.xml;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.deadletter.Excerpt;
import io.sysmonflink.decode.event.EventFields;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/**
 * Reads an XML event of any layout with Aalto: the plain twin of the fast path, and what reads all
 * that the twin does not know.
 *
 * <p>No document type, no entities but the five of XML and numeric ones. Element names count
 * without their namespace, as some exports drop it.
 */
final class AaltoEventParser {

  /**
   * Event, System, an element of it; more only in RenderingInfo and UserData, which are skipped.
   */
  private static final int MAX_DEPTH = 64;

  private static final int MAX_NAMES = 40;

  private final XMLInputFactory factory = new InputFactoryImpl();
  private final SystemElement system;
  private final StringBuilder text = new StringBuilder();

  AaltoEventParser(SystemElement system) {
    this.system = system;
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
  }

  /** Reads the event in {@code b[from, to)}, which is UTF-8, into {@code event}, which is clear. */
  void parse(byte[] b, int from, int to, EventFields event) throws BadRecordException {
    try {
      XMLStreamReader reader =
          factory.createXMLStreamReader(new ByteArrayInputStream(b, from, to - from), "UTF-8");
      try {
        document(reader, event);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      // No record, however odd, may stop the job: a failure of the parser itself counts as well.
      throw malformed(firstLine(e));
    }
  }

  private void document(XMLStreamReader reader, EventFields event)
      throws XMLStreamException, BadRecordException {
    int depth = 0;
    String section = "";
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          String name = reader.getLocalName();
          if (depth > MAX_DEPTH) {
            throw new BadRecordException(
                ErrorType.TOO_DEEP, "elements nested deeper than " + MAX_DEPTH);
          } else if (depth == 1 && !name.equals("Event")) {
            throw malformed("the root is to be Event, not " + Excerpt.of(name));
          } else if (depth == 2) {
            section = name;
          } else if (depth == 3 && section.equals("System")) {
            systemElement(reader, name, event);
            depth--;
          } else if (depth == 3 && section.equals("EventData") && name.equals("Data")) {
            dataElement(reader, event);
            depth--;
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.DTD ->
            throw new BadRecordException(ErrorType.DTD, "a document type is not allowed");
        case XMLStreamConstants.ENTITY_REFERENCE -> throw unknownEntity(reader);
        default -> {
          // Text between elements, comments and processing instructions say nothing.
        }
      }
    }
  }

  /** Reads each Data element of a text, which is UTF-8, however deep it stands. */
  void parseData(byte[] b, EventFields event) throws BadRecordException {
    forEachElement(
        b,
        0,
        b.length,
        (reader, depth) -> {
          if (!reader.getLocalName().equals("Data")) {
            return false;
          }
          dataElement(reader, event);
          return true;
        });
  }

  /** The names of the elements in System, and of the fields, of an event that was read. */
  Set<String> names(byte[] b, int from, int to) {
    Set<String> names = new LinkedHashSet<>();
    try {
      forEachElement(
          b,
          from,
          to,
          (reader, depth) -> {
            String field = reader.getAttributeValue(null, "Name");
            boolean isField = reader.getLocalName().equals("Data") && field != null;
            if (depth > 1 && names.size() < MAX_NAMES) {
              names.add(isField ? field : reader.getLocalName());
            }
            return false;
          });
    } catch (BadRecordException e) {
      // It is told of elsewhere; these are the names before.
    }
    return names;
  }

  private interface ElementReader {

    /** Reads the element that was just begun; true where it is read to its end tag. */
    boolean read(XMLStreamReader reader, int depth) throws XMLStreamException, BadRecordException;
  }

  private void forEachElement(byte[] b, int from, int to, ElementReader target)
      throws BadRecordException {
    try {
      XMLStreamReader reader =
          factory.createXMLStreamReader(new ByteArrayInputStream(b, from, to - from), "UTF-8");
      try {
        int depth = 0;
        while (reader.hasNext()) {
          switch (reader.next()) {
            case XMLStreamConstants.START_ELEMENT -> {
              if (++depth > MAX_DEPTH) {
                throw new BadRecordException(
                    ErrorType.TOO_DEEP, "elements nested deeper than " + MAX_DEPTH);
              }
              depth -= target.read(reader, depth) ? 1 : 0;
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.DTD ->
                throw new BadRecordException(ErrorType.DTD, "a document type is not allowed");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw unknownEntity(reader);
            default -> {
              // Text between elements, comments and processing instructions say nothing.
            }
          }
        }
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      throw malformed(firstLine(e));
    }
  }

  private void systemElement(XMLStreamReader reader, String name, EventFields event)
      throws XMLStreamException, BadRecordException {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      byte[] value = utf8(reader.getAttributeValue(i));
      int field = SystemElement.fieldOf(name, reader.getAttributeLocalName(i));
      system.set(event, field, value, 0, value.length);
    }
    byte[] leaf = utf8(leafText(reader, name));
    system.set(event, SystemElement.fieldOf(name), leaf, 0, leaf.length);
  }

  private void dataElement(XMLStreamReader reader, EventFields event)
      throws XMLStreamException, BadRecordException {
    String name = reader.getAttributeValue(null, "Name");
    String value = leafText(reader, "Data");
    if (name != null && !name.isEmpty()) {
      event.put(name, value);
    }
  }

  /** The text of the element that was just begun, up to and with its end tag. */
  private String leafText(XMLStreamReader reader, String element)
      throws XMLStreamException, BadRecordException {
    text.setLength(0);
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        case XMLStreamConstants.START_ELEMENT ->
            throw malformed("an element inside " + element + ": " + reader.getLocalName());
        case XMLStreamConstants.ENTITY_REFERENCE -> throw unknownEntity(reader);
        default -> {
          // Comments and processing instructions are no text.
        }
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static BadRecordException unknownEntity(XMLStreamReader reader) {
    return malformed("an entity that XML does not know: " + Excerpt.of(reader.getLocalName()));
  }

  private static BadRecordException malformed(String what) {
    return new BadRecordException(ErrorType.MALFORMED_XML, what);
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return Excerpt.plain(end < 0 ? message : message.substring(0, end));
  }
}
