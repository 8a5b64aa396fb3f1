package io.sysmonflink.decode.fast;

import io.sysmonflink.decode.bytes.ByteScan;
import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.FastPath;
import io.sysmonflink.decode.parse.xml.SystemElement;
import io.sysmonflink.decode.parse.xml.XmlEventParser;
import java.nio.charset.StandardCharsets;
import org.apache.flink.table.data.StringData;

/**
 * Reads an XML event as Windows itself lays it out, straight from the bytes: Event with at most its
 * own namespace, System with childless elements, EventData with Data elements, nothing else. Values
 * that no column wants are passed over without becoming objects. An event that differs from one of
 * the last only in its values is not even parsed: {@link EventLayout}.
 *
 * <p>It does not judge. Whatever it does not know (a comment, CDATA, an unusual entity, a carriage
 * return, a second section) it leaves to {@link XmlEventParser}, with which it must agree on all
 * that it takes.
 */
final class WindowsEventParser implements FastPath {

  private static final byte[] EVENT = ascii("<Event");
  private static final byte[] XMLNS = ascii(" xmlns=");
  private static final byte[] NAMESPACE = ascii(SystemElement.NAMESPACE);
  private static final byte[] SYSTEM = ascii("<System>");
  private static final byte[] SYSTEM_END = ascii("</System>");
  private static final byte[] EVENT_DATA = ascii("<EventData>");
  private static final byte[] EVENT_DATA_END = ascii("</EventData>");
  private static final byte[] DATA_NAME = ascii("<Data Name=");
  private static final byte[] DATA_END = ascii("</Data>");
  private static final byte[] EVENT_END = ascii("</Event>");

  private static final int MAX_ATTRIBUTES = 8;

  private final SystemElement system;
  private final ValueCache values;
  private final EventFields.LateText lateText = this::text;
  private final EventLayouts layouts;
  private final String[] attributeNames = new String[MAX_ATTRIBUTES];
  private final UnescapedValue unescaped = new UnescapedValue();

  private byte[] b;
  private int at;
  private int end;

  /** The value that was read last, as it stands there. */
  private int valueFrom;

  private int valueTo;

  WindowsEventParser(SystemElement system, ValueCache values, EventLayouts layouts) {
    this.system = system;
    this.values = values;
    this.layouts = layouts;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, EventFields event) {
    if (parseKnown(b, from, to, event)) {
      return true;
    }
    this.at = from;
    this.end = to;
    try {
      return parse(from, event);
    } catch (BadRecordException e) {
      // Aalto is to say what is wrong: it may find something worse before this.
      return false;
    }
  }

  @Override
  public boolean parseKnown(byte[] b, int from, int to, EventFields event) {
    event.clear();
    system.clear();
    this.b = b;
    EventLayout layout = layouts.of(b, from, to);
    try {
      return layout != null && read(layout, event);
    } catch (BadRecordException e) {
      return false;
    }
  }

  private boolean read(EventLayout layout, EventFields event) throws BadRecordException {
    event.setFound(layout.found());
    for (int value : layout.used()) {
      valueFrom = layout.start(value);
      valueTo = layout.end(value);
      if (layout.slot(value) == EventColumns.NONE) {
        setSystem(event, layout.envelope(value));
      } else {
        setData(event, layout.slot(value));
      }
    }
    return true;
  }

  private boolean parse(int from, EventFields event) throws BadRecordException {
    layouts.begin();
    boolean read =
        eventStart()
            && skip(SYSTEM)
            && systemElements(event)
            && skip(EVENT_DATA)
            && dataElements(event)
            && skip(EVENT_END)
            && at == end;
    if (read) {
      layouts.learn(b, from, end, event);
    }
    return read;
  }

  private void setSystem(EventFields event, int field) throws BadRecordException {
    if (isPlain()) {
      system.set(event, field, b, valueFrom, valueTo);
    } else {
      unescaped.setXml(b, valueFrom, valueTo);
      system.set(event, field, unescaped.bytes(), 0, unescaped.length());
    }
  }

  private void setData(EventFields event, int slot) {
    if (valueFrom == valueTo) {
      return; // leaves the slot to one that is spelled a little differently
    }
    if (!event.isUtcTime(slot)) {
      event.setLate(slot, valueFrom, valueTo, lateText);
    } else if (isPlain()) {
      event.set(slot, b, valueFrom, valueTo, values);
    } else {
      unescaped.setXml(b, valueFrom, valueTo);
      event.set(slot, unescaped.bytes(), 0, unescaped.length(), values);
    }
  }

  private StringData text(int from, int to) {
    valueFrom = from;
    valueTo = to;
    if (isPlain()) {
      return values.text(b, from, to);
    }
    unescaped.setXml(b, from, to);
    return values.text(unescaped.bytes(), 0, unescaped.length());
  }

  private boolean isPlain() {
    return ByteScan.indexOf((byte) '&', b, valueFrom, valueTo) == valueTo;
  }

  private boolean eventStart() {
    if (!take(EVENT)) {
      return false;
    }
    if (take(XMLNS)) {
      int quote = at;
      at++;
      if (!take(NAMESPACE) || at >= end || b[at] != b[quote] || !isQuote(b[at++])) {
        return false;
      }
    }
    return at < end && b[at++] == '>';
  }

  private boolean systemElements(EventFields event) throws BadRecordException {
    while (true) {
      blanks();
      if (take(SYSTEM_END)) {
        return true;
      }
      if (at >= end || b[at++] != '<') {
        return false;
      }
      String name = name();
      if (name == null) {
        return false;
      }
      int closed = attributes(event, name);
      if (closed < 0) {
        return false;
      }
      int field = SystemElement.fieldOf(name);
      if (closed == 1) {
        system.set(event, field, b, at, at);
        continue;
      }
      if (!text() || !endTag(name)) {
        return false;
      }
      layouts.value(EventLayout.Kind.TEXT, valueFrom, valueTo);
      if (field != EventColumns.NONE) {
        layouts.envelope(field);
        setSystem(event, field);
      }
    }
  }

  /** Up to the end of a start tag: 1 where the element is empty, 0 where not, -1 for unknown. */
  private int attributes(EventFields event, String element) throws BadRecordException {
    int count = 0;
    while (true) {
      boolean blank = blanks();
      if (at >= end) {
        return -1;
      }
      if (b[at] == '>') {
        at++;
        return 0;
      }
      if (b[at] == '/') {
        at++;
        return at < end && b[at++] == '>' ? 1 : -1;
      }
      String name = name();
      if (!blank || name == null || name.equals("xmlns") || count == MAX_ATTRIBUTES) {
        return -1;
      }
      for (int i = 0; i < count; i++) {
        if (attributeNames[i].equals(name)) {
          return -1;
        }
      }
      attributeNames[count++] = name;
      if (at >= end || b[at++] != '=' || !quoted()) {
        return -1;
      }
      layouts.value(EventLayout.Kind.QUOTED, valueFrom, valueTo);
      int field = SystemElement.fieldOf(element, name);
      if (field != EventColumns.NONE) {
        layouts.envelope(field);
        setSystem(event, field);
      }
    }
  }

  private boolean dataElements(EventFields event) throws BadRecordException {
    EventColumns columns = event.columns();
    while (true) {
      blanks();
      if (take(EVENT_DATA_END)) {
        return true;
      }
      if (!take(DATA_NAME) || !quoted()) {
        return false;
      }
      int nameFrom = valueFrom;
      int slot = columns.find(b, nameFrom, valueTo);
      boolean claimed = slot != EventColumns.NONE && event.claim(slot, b[nameFrom]);
      blanks();
      if (at < end && b[at] == '/') {
        at++;
        if (at >= end || b[at++] != '>') {
          return false;
        }
        continue;
      }
      if (at >= end || b[at++] != '>' || !text() || !take(DATA_END)) {
        return false;
      }
      layouts.value(EventLayout.Kind.TEXT, valueFrom, valueTo);
      if (claimed && event.isWanted(slot)) {
        layouts.slot(slot);
        setData(event, slot);
      }
    }
  }

  /** A name of ASCII letters and digits that begins with a letter; null for any other. */
  private String name() {
    int from = at;
    while (at < end && (isLetter(b[at]) || (at > from && b[at] >= '0' && b[at] <= '9'))) {
      at++;
    }
    return at == from ? null : KnownNames.of(b, from, at);
  }

  private boolean endTag(String name) {
    if (at + name.length() + 3 > end || b[at] != '<' || b[at + 1] != '/') {
      return false;
    }
    at += 2;
    for (int i = 0; i < name.length(); i++) {
      if (b[at++] != name.charAt(i)) {
        return false;
      }
    }
    return b[at++] == '>';
  }

  /** An attribute's value, with its quotes. */
  private boolean quoted() {
    if (at >= end || !isQuote(b[at])) {
      return false;
    }
    valueFrom = at + 1;
    valueTo = XmlValue.quotedEnd(b, valueFrom, end);
    at = valueTo + 1;
    return valueTo != XmlValue.UNKNOWN;
  }

  /** Character data up to the next tag. */
  private boolean text() {
    valueFrom = at;
    valueTo = XmlValue.textEnd(b, at, end);
    at = valueTo;
    return valueTo != XmlValue.UNKNOWN;
  }

  private static boolean isQuote(byte c) {
    return c == '"' || c == '\'';
  }

  private static boolean isLetter(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private boolean blanks() {
    int from = at;
    while (at < end && (b[at] == ' ' || b[at] == '\n' || b[at] == '\r' || b[at] == '\t')) {
      at++;
    }
    return at > from;
  }

  private boolean skip(byte[] token) {
    blanks();
    return take(token);
  }

  private boolean take(byte[] token) {
    if (!ByteScan.startsWith(b, at, end, token)) {
      return false;
    }
    at += token.length;
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
