package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.JsonShape;

/**
 * EvtxECmd's JSON: {@code EventId} and the rest of the envelope at the top, EventData as JSON in
 * the text {@code Payload}, whose values keep the entities of XML: {@link EscapedTwice}. The time
 * is TimeCreated, in UTC.
 */
final class EvtxECmdShape implements JsonShape {

  private final EventDataReader eventData;

  EvtxECmdShape(EventDataReader eventData) {
    this.eventData = eventData;
  }

  @Override
  public String name() {
    return "evtxecmd";
  }

  @Override
  public boolean matches(JsonNode object) {
    return object.has("EventId") && (object.has("Payload") || object.has("MapDescription"));
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return object.path("EventId");
  }

  @Override
  public void read(JsonNode object, EventFields event) throws BadRecordException {
    event.setEnvelope(
        JsonShape.text(object.path("Provider")),
        JsonShape.text(object.path("Channel")),
        JsonShape.text(object.path("Computer")),
        JsonShape.text(object.path("EventRecordId")));
    eventData.readEscaped(object.path("Payload"), event);
  }

  @Override
  public String time(JsonNode object, EventFields event) {
    return JsonShape.text(object.path("TimeCreated"));
  }
}
