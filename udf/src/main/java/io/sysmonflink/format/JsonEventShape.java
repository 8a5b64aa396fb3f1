package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/** A shape that holds the event itself: where it keeps what. */
non-sealed interface JsonEventShape extends JsonShape {

  /** The node that holds the event id, a number or a string. */
  JsonNode eventId(JsonNode object);

  /**
   * Fills in the envelope and EventData.
   *
   * @return the text of the event's time, or null where it has none
   */
  String read(JsonNode object, EventFields event) throws BadRecordException;

  /** Takes each member of an object as a field of EventData. */
  static void putAll(JsonNode object, EventFields event) throws BadRecordException {
    for (var member : object.properties()) {
      event.put(member.getKey(), JsonShape.text(member.getValue()));
    }
  }
}
