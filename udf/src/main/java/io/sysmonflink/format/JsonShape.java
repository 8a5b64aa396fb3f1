package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/** One rendering of Windows events as JSON: how to know it, and where it keeps what. */
interface JsonShape {

  /** The name that the summary counts it under. */
  String name();

  /** Whether the object is of this shape. The first shape that says so reads it. */
  boolean matches(JsonNode object);

  /** The node that holds the event id, a number or a string. */
  JsonNode eventId(JsonNode object);

  /**
   * Fills in the envelope and EventData.
   *
   * @return the text of the event's time, or null where it has none
   */
  String read(JsonNode object, EventFields event) throws BadRecordException;

  /** The text of a node: null where it is missing or null, JSON where it is no plain value. */
  static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }

  /** The first of these that has a text that is not empty, or null. */
  static String firstText(JsonNode... nodes) {
    for (JsonNode node : nodes) {
      String text = text(node);
      if (text != null && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  /** Takes each member of an object as a field of EventData. */
  static void putAll(JsonNode object, EventFields event) throws BadRecordException {
    for (var member : object.properties()) {
      event.put(member.getKey(), text(member.getValue()));
    }
  }
}
