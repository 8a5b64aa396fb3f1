package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The event's XML turned into JSON element by element: {@code Event.System} and {@code
 * Event.EventData}. Converters differ in where they put attributes ({@code Name}, {@code @Name},
 * {@code #attributes.Name}), which is taken care of here, and in what they make of the list of
 * Data, which tells the shapes apart. The time is SystemTime, as in XML.
 */
abstract sealed class EventTreeShape implements JsonEventShape
    permits NamedDataListShape, DatadogShape, EvtxDumpShape {

  /** Whether EventData looks as this shape has it. */
  abstract boolean matchesData(JsonNode eventData);

  /** Takes the fields of EventData. */
  abstract void readData(JsonNode eventData, EventFields event) throws BadRecordException;

  @Override
  public final boolean matches(JsonNode object) {
    return system(object).isObject() && matchesData(eventData(object));
  }

  @Override
  public final JsonNode eventId(JsonNode object) {
    return content(JsonShape.member(system(object), "EventID"));
  }

  @Override
  public final String read(JsonNode object, EventFields event) throws BadRecordException {
    JsonNode system = system(object);
    event.provider =
        EventFields.stringData(
            JsonShape.text(attribute(JsonShape.member(system, "Provider"), "Name")));
    event.channel = EventFields.stringData(elementText(system, "Channel"));
    event.computer = EventFields.stringData(elementText(system, "Computer"));
    event.recordId = RecordId.parse(elementText(system, "EventRecordID"));
    readData(eventData(object), event);
    return JsonShape.text(attribute(JsonShape.member(system, "TimeCreated"), "SystemTime"));
  }

  private static JsonNode system(JsonNode object) {
    return JsonShape.member(object.path("Event"), "System");
  }

  private static JsonNode eventData(JsonNode object) {
    return JsonShape.member(object.path("Event"), "EventData");
  }

  private static String elementText(JsonNode parent, String name) {
    return JsonShape.text(content(JsonShape.member(parent, name)));
  }

  /** The text of an element, which is an object where the element has attributes. */
  static JsonNode content(JsonNode element) {
    if (!element.isObject()) {
      return element;
    }
    JsonNode text = element.path("#text");
    return text.isMissingNode() ? element.path("text") : text;
  }

  static JsonNode attribute(JsonNode element, String name) {
    for (String spelling : new String[] {name, "@" + name}) {
      JsonNode value = element.path(spelling);
      if (!value.isMissingNode()) {
        return value;
      }
    }
    return element.path("#attributes").path(name);
  }
}
