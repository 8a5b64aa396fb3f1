package io.sysmonflink.jobs.oracle;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads event XML of any layout with the JDK's DOM, one {@code <Event>} element at a time. */
final class XmlEvents {
  private static final String END = "</Event>";
  private static final DocumentBuilderFactory FACTORY = secureFactory();

  private XmlEvents() {}

  /**
   * The whole records of a text; what stands between or around them, or is cut short, is left out.
   */
  static List<WindowsEvent> read(String text) {
    List<WindowsEvent> events = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf(END); end >= 0; end = text.indexOf(END, from)) {
      // The last start before an end: an earlier one belongs to a record that was cut short.
      int start = Math.max(text.lastIndexOf("<Event>", end), text.lastIndexOf("<Event ", end));
      events.add(event(text.substring(start, end + END.length())));
      from = end + END.length();
    }
    return events;
  }

  private static WindowsEvent event(String xml) {
    Element event = parse(xml);
    Element system = child(event, "System");
    Map<String, String> data = new HashMap<>();
    NodeList nodes = child(event, "EventData").getElementsByTagName("Data");
    for (int i = 0; i < nodes.getLength(); i++) {
      Element field = (Element) nodes.item(i);
      if (!field.getTextContent().isEmpty()) {
        data.put(field.getAttribute("Name"), field.getTextContent());
      }
    }
    Element created = child(system, "TimeCreated");
    return new WindowsEvent(
        Integer.parseInt(text(system, "EventID")),
        LogTime.parse(created == null ? data.get("UtcTime") : created.getAttribute("SystemTime")),
        attribute(system, "Provider", "Name"),
        text(system, "Channel"),
        text(system, "Computer"),
        data);
  }

  private static Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return null;
  }

  private static String text(Element parent, String name) {
    Element child = child(parent, name);
    return child == null || child.getTextContent().isEmpty() ? null : child.getTextContent();
  }

  private static String attribute(Element parent, String name, String attribute) {
    Element child = child(parent, name);
    return child == null ? null : child.getAttribute(attribute);
  }

  private static Element parse(String xml) {
    try {
      DocumentBuilder builder = FACTORY.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException("not event XML: " + xml, e);
    }
  }

  private static DocumentBuilderFactory secureFactory() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
