package io.sysmonflink.format;

import java.nio.charset.StandardCharsets;
import org.apache.flink.table.data.StringData;

/**
 * Reads an XML event as Windows itself lays it out, straight from the bytes: Event with at most its
 * own namespace, System with childless elements, EventData with Data elements, nothing else. Values
 * that no column wants are passed over without becoming objects.
 *
 * <p>It does not judge. Whatever it does not know (a comment, CDATA, an unusual entity, a carriage
 * return, a second section) it leaves to {@link AaltoEventParser}, with which it must agree on all
 * that it takes.
 */
final class WindowsEventParser {

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
  private final String[] attributeNames = new String[MAX_ATTRIBUTES];
  private byte[] unescaped = new byte[256];

  private byte[] b;
  private int at;
  private int end;

  /** The value that {@link #text} read: a range of {@link #value}. */
  private byte[] value;

  private int valueFrom;
  private int valueTo;

  WindowsEventParser(SystemElement system, ValueCache values) {
    this.system = system;
    this.values = values;
  }

  /**
   * Reads the event in {@code b[from, to)}, which is UTF-8, into {@code event}, which is clear.
   *
   * @return false where the layout is not Windows' own, or the event is bad; then {@code event}
   *     holds anything
   */
  boolean parse(byte[] b, int from, int to, EventFields event) {
    this.b = b;
    this.at = from;
    this.end = to;
    try {
      return eventStart()
          && skip(SYSTEM)
          && systemElements(event)
          && skip(EVENT_DATA)
          && dataElements(event)
          && skip(EVENT_END)
          && at == end;
    } catch (BadRecordException e) {
      // Aalto is to say what is wrong: it may find something worse before this.
      return false;
    }
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
      if (closed == 1) {
        system.text(event, name, b, at, at);
        continue;
      }
      if (!text() || !endTag(name)) {
        return false;
      }
      system.text(event, name, value, valueFrom, valueTo);
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
      system.attribute(event, element, name, value, valueFrom, valueTo);
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
      if (claimed && valueTo > valueFrom) {
        String utcTime = event.isUtcTime(slot) ? valueText() : null;
        StringData data = columns.isWanted(slot) ? values.text(value, valueFrom, valueTo) : null;
        event.set(slot, data, utcTime);
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

  /** An attribute value: no entity, no white space but the space, no other quote to worry about. */
  private boolean quoted() {
    if (at >= end) {
      return false;
    }
    byte quote = b[at];
    if (!isQuote(quote)) {
      return false;
    }
    valueFrom = ++at;
    value = b;
    while (at < end && b[at] != quote) {
      byte c = b[at];
      if (c == '<' || c == '&' || (c >= 0 && c < ' ') || isForbidden()) {
        return false;
      }
      at++;
    }
    valueTo = at;
    return at++ < end;
  }

  /** Character data up to the next tag. */
  private boolean text() {
    int from = at;
    for (at = ByteScan.xmlSpecial(b, at, end); at < end; at = ByteScan.xmlSpecial(b, at + 1, end)) {
      byte c = b[at];
      if (c == '<') {
        value = b;
        valueFrom = from;
        valueTo = at;
        return true;
      }
      if (c == '&') {
        return escapedText(from);
      }
      if (isForbidden()) {
        return false;
      }
    }
    return false;
  }

  /** The same, where there are entities: the value is put together in a buffer. */
  private boolean escapedText(int from) {
    int length = at - from;
    if (unescaped.length < end - from) {
      unescaped = new byte[Math.max(end - from, 2 * unescaped.length)];
    }
    System.arraycopy(b, from, unescaped, 0, length);
    while (at < end) {
      byte c = b[at];
      if (c == '<') {
        value = unescaped;
        valueFrom = 0;
        valueTo = length;
        return true;
      }
      if (c == '&') {
        int character = entity();
        if (character < 0) {
          return false;
        }
        unescaped[length++] = (byte) character;
      } else if (isForbidden()) {
        return false;
      } else {
        unescaped[length++] = c;
        at++;
      }
    }
    return false;
  }

  /** One of XML's five entities, or -1: numeric ones are rare, and Aalto's. */
  private int entity() {
    at++;
    if (takeEntity("lt;")) {
      return '<';
    }
    if (takeEntity("gt;")) {
      return '>';
    }
    if (takeEntity("amp;")) {
      return '&';
    }
    if (takeEntity("quot;")) {
      return '"';
    }
    return takeEntity("apos;") ? '\'' : -1;
  }

  private boolean takeEntity(String name) {
    if (at + name.length() > end) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (b[at + i] != name.charAt(i)) {
        return false;
      }
    }
    at += name.length();
    return true;
  }

  /**
   * Whether the byte here may not stand in text, or does not stand for itself: control characters,
   * a carriage return (which XML makes a line feed), U+FFFE and U+FFFF, the end of {@code ]]>}.
   */
  private boolean isForbidden() {
    byte c = b[at];
    if (c >= 0 && c < ' ') {
      return c != '\n' && c != '\t';
    }
    if (c == '>') {
      return b[at - 1] == ']' && b[at - 2] == ']';
    }
    return c == (byte) 0xEF && b[at + 1] == (byte) 0xBF && (b[at + 2] & 0xFE) == 0xBE;
  }

  private static boolean isQuote(byte c) {
    return c == '"' || c == '\'';
  }

  private static boolean isLetter(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private String valueText() {
    return new String(value, valueFrom, valueTo - valueFrom, StandardCharsets.UTF_8);
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
