package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.JsonShape;
import io.sysmonflink.decode.parse.json.XmlAsJson;

/**
 * The event's XML turned into JSON element by element: {@code Event.System} and {@code
 * Event.EventData}, or the two without {@code Event}, as Velociraptor has them. What a converter
 * makes of attributes and of the list of Data is for {@link XmlAsJson} and {@link EventDataReader};
 * here it only tells under which name the shape is counted. The time is SystemTime, as in XML.
 */
final class EventTreeShape implements JsonShape {

  /** Where System and EventData stand, and what the list of Data has become. */
  public enum Layout {
    /** {@code Data} is a list of {@code {"Name": ..., "text": ...}} or the like. */
    NAMED_DATA_LIST("named_data_list", true),
    /** {@code Data} is an object with the fields, as Datadog has it. */
    DATADOG("datadog", true),
    /** EventData itself has the fields, as evtx_dump and chainsaw have it; it may be missing. */
    EVTX_DUMP("evtx_dump", true),
    /** The same without {@code Event} around it. */
    VELOCIRAPTOR("velociraptor", false);

    private final String label;
    private final boolean inEvent;

    Layout(String label, boolean inEvent) {
      this.label = label;
      this.inEvent = inEvent;
    }
  }

  private final Layout layout;
  private final EventDataReader eventData;

  EventTreeShape(Layout layout, EventDataReader eventData) {
    this.layout = layout;
    this.eventData = eventData;
  }

  @Override
  public String name() {
    return layout.label;
  }

  @Override
  public boolean matches(JsonNode object) {
    JsonNode system = system(object);
    // Another program's member of the name System is none of Windows'.
    boolean isWindows = layout.inEvent || (system.has("Provider") && system.has("TimeCreated"));
    return system.isObject() && isWindows && matchesData(eventData(object));
  }

  private boolean matchesData(JsonNode eventData) {
    JsonNode data = JsonShape.member(eventData, "Data");
    boolean isList = eventData.path("Data").isArray() || data.isArray();
    boolean isNamed =
        data.isObject() && (data.has("@Name") || (data.has("Name") && data.size() <= 2));
    return switch (layout) {
      case NAMED_DATA_LIST -> isList || isNamed;
      case DATADOG -> data.isObject();
      case EVTX_DUMP, VELOCIRAPTOR -> true;
    };
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return XmlAsJson.content(JsonShape.member(system(object), "EventID"));
  }

  @Override
  public void read(JsonNode object, EventFields event) throws BadRecordException {
    JsonNode system = system(object);
    event.setEnvelope(
        JsonShape.text(XmlAsJson.attribute(system, "Provider", "Name")),
        elementText(system, "Channel"),
        elementText(system, "Computer"),
        elementText(system, "EventRecordID"));
    eventData.read(eventData(object), event);
  }

  @Override
  public String time(JsonNode object, EventFields event) {
    return JsonShape.text(XmlAsJson.attribute(system(object), "TimeCreated", "SystemTime"));
  }

  private JsonNode root(JsonNode object) {
    return layout.inEvent ? JsonShape.member(object, "Event") : object;
  }

  private JsonNode system(JsonNode object) {
    return JsonShape.member(root(object), "System");
  }

  private JsonNode eventData(JsonNode object) {
    return JsonShape.member(root(object), "EventData");
  }

  private static String elementText(JsonNode parent, String name) {
    return JsonShape.text(XmlAsJson.content(JsonShape.member(parent, name)));
  }
}
