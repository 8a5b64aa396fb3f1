package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.JsonShape;
import io.sysmonflink.decode.parse.json.StrictJson;
import io.sysmonflink.decode.parse.json.XmlAsJson;
import io.sysmonflink.decode.parse.xml.XmlEventParser;

/**
 * Reads EventData in JSON, whatever a program has made of it: an object with the fields, also a
 * level or two deeper; a list of named values; or a text that holds either as JSON or as XML.
 */
final class EventDataReader {

  private static final int MAX_DEPTH = 3;

  private final StrictJson json;
  private final XmlEventParser xml;

  EventDataReader(StrictJson json, XmlEventParser xml) {
    this.json = json;
    this.xml = xml;
  }

  /** Takes the fields in {@code data}; a missing node has none. */
  void read(JsonNode data, EventFields event) throws BadRecordException {
    read(data, event, 0);
  }

  /** The same of a text that holds JSON whose values keep the entities of XML. */
  void readEscaped(JsonNode data, EventFields event) throws BadRecordException {
    boolean isJson = data.isTextual() && data.textValue().stripLeading().startsWith("{");
    JsonNode node = isJson ? json.read(data.textValue()) : data;
    JsonNode inner = JsonShape.member(node, "EventData");
    read(EscapedTwice.entitiesUndone(inner.isMissingNode() ? node : inner), event);
  }

  private void read(JsonNode data, EventFields event, int depth) throws BadRecordException {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (data.isTextual()) {
      readText(data.textValue(), event, depth);
    } else if (data.isArray()) {
      for (JsonNode element : data) {
        var named = XmlAsJson.named(element);
        if (named != null) {
          put(named.getKey(), named.getValue(), event, depth);
        }
      }
    } else {
      for (var member : data.properties()) {
        boolean isData = member.getKey().equals("Data") || member.getKey().equals("data");
        if (isData && member.getValue().isContainerNode()) {
          readOneOrSeveral(member.getValue(), event, depth + 1);
        } else {
          put(member.getKey(), member.getValue(), event, depth);
        }
      }
    }
  }

  /** A list of one may stand without the list. */
  private void readOneOrSeveral(JsonNode data, EventFields event, int depth)
      throws BadRecordException {
    var named = data.isObject() && data.size() > 1 ? XmlAsJson.named(data) : null;
    boolean isOne = named != null && isFieldOnly(data, event);
    if (isOne) {
      put(named.getKey(), named.getValue(), event, depth);
    } else {
      read(data, event, depth);
    }
  }

  /** Whether an object is one named value: no key of it is itself a field's. */
  private static boolean isFieldOnly(JsonNode data, EventFields event) {
    for (var member : data.properties()) {
      String key = member.getKey();
      if (!key.equals("Name") && event.columns().find(key) != EventColumns.NONE) {
        return false;
      }
    }
    return data.size() == 2 || !XmlAsJson.content(data).isMissingNode();
  }

  private void readText(String text, EventFields event, int depth) throws BadRecordException {
    String stripped = text.strip();
    if (stripped.startsWith("{") || stripped.startsWith("[")) {
      JsonNode node = json.read(stripped);
      JsonNode inner = JsonShape.member(node, "EventData");
      read(inner.isMissingNode() ? node : inner, event, depth + 1);
    } else if (stripped.startsWith("<")) {
      xml.readData(stripped, event);
    }
  }

  private void put(String name, JsonNode value, EventFields event, int depth)
      throws BadRecordException {
    if (value.isObject() && XmlAsJson.content(value).isMissingNode()) {
      read(value, event, depth + 1);
    } else {
      put(name, value, event);
    }
  }

  /** Takes a field; of an object the text that stands in it, if one does. */
  static void put(String name, JsonNode value, EventFields event) throws BadRecordException {
    JsonNode content = XmlAsJson.content(value);
    if (value.isObject() && content.isMissingNode()) {
      return; // a structure of the shipper's own, no value
    }
    if (content.isArray() && event.columns().find(name) != EventColumns.NONE) {
      event.markList();
    }
    event.put(name, JsonShape.text(content));
  }
}
