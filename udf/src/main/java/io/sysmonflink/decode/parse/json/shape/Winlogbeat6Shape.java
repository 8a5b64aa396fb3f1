package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.BeatsTime;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.JsonShape;

/**
 * Winlogbeat 5 and 6: {@code event_id}, {@code event_data.*}; {@code type} is {@code wineventlog}.
 * Which time counts is for {@link BeatsTime}.
 */
final class Winlogbeat6Shape implements JsonShape {

  private final EventDataReader eventData;

  Winlogbeat6Shape(EventDataReader eventData) {
    this.eventData = eventData;
  }

  @Override
  public String name() {
    return "winlogbeat6";
  }

  @Override
  public boolean matches(JsonNode object) {
    return object.has("event_id") && (object.has("event_data") || object.has("log_name"));
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return object.path("event_id");
  }

  @Override
  public void read(JsonNode object, EventFields event) throws BadRecordException {
    event.setEnvelope(
        JsonShape.text(object.path("source_name")),
        JsonShape.text(object.path("log_name")),
        JsonShape.text(object.path("computer_name")),
        JsonShape.text(object.path("record_number")));
    eventData.read(object.path("event_data"), event);
  }

  @Override
  public String time(JsonNode object, EventFields event) {
    BeatsTime times = new BeatsTime();
    boolean isOwn = "wineventlog".equals(JsonShape.text(object.path("type")));
    times.agent.set(isOwn ? "winlogbeat" : null);
    times.beat.set(JsonShape.text(object.path("@metadata").path("beat")));
    times.timestamp.set(JsonShape.text(object.path("@timestamp")));
    return times.of(event).text();
  }
}
