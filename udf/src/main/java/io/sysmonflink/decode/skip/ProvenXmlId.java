package io.sysmonflink.decode.skip;

import io.sysmonflink.decode.bytes.Latin1;
import io.sysmonflink.decode.event.EventIds;

/**
 * The event id of an XML event, read off the text without parsing it, where the layout proves it:
 * System is the first element, and the first EventID inside it comes with nothing before it that
 * could hide a tag (a comment, CDATA, a processing instruction).
 */
public final class ProvenXmlId {

  private static final String SYSTEM = "<System>";
  private static final String SYSTEM_END = "</System>";
  private static final String EVENT_ID = "<EventID";
  private static final String EVENT_ID_END = "</EventID>";

  private ProvenXmlId() {}

  /** The id of the event in {@code text[start, end)}, or {@link EventIds#NOT_AN_ID}: parse it. */
  public static int ofXml(String text, int start, int end) {
    int tagEnd = text.indexOf('>', start);
    if (tagEnd < 0 || tagEnd >= end) {
      return EventIds.NOT_AN_ID;
    }
    int at = Latin1.skipBlank(text, tagEnd + 1, end);
    if (!text.startsWith(SYSTEM, at)) {
      return EventIds.NOT_AN_ID;
    }
    at += SYSTEM.length();
    while (true) {
      at = text.indexOf('<', at);
      if (at < 0
          || at + 1 >= end
          || isOpaque(text.charAt(at + 1))
          || text.startsWith(SYSTEM_END, at)) {
        return EventIds.NOT_AN_ID;
      }
      if (text.startsWith(EVENT_ID, at)) {
        return idAt(text, at + EVENT_ID.length(), end);
      }
      at++;
    }
  }

  private static int idAt(String text, int afterName, int end) {
    int close = text.indexOf('>', afterName);
    if (close < 0
        || close >= end
        || (close > afterName && !Latin1.isBlank(text.charAt(afterName)))
        || text.charAt(close - 1) == '/') {
      return EventIds.NOT_AN_ID;
    }
    int idEnd = text.indexOf('<', close);
    return idEnd > 0 && idEnd < end && text.startsWith(EVENT_ID_END, idEnd)
        ? EventIds.parse(text, close + 1, idEnd)
        : EventIds.NOT_AN_ID;
  }

  private static boolean isOpaque(char afterBracket) {
    return afterBracket == '!' || afterBracket == '?';
  }
}
