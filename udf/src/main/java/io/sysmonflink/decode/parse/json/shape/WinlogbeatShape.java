package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.BeatsTime;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.JsonShape;

/**
 * Winlogbeat 7 and later, and Filebeat that reads exported logs: {@code winlog.event_id}, {@code
 * winlog.event_data.*}. Which time counts is for {@link BeatsTime}.
 */
final class WinlogbeatShape implements JsonShape {

  private final EventDataReader eventData;

  WinlogbeatShape(EventDataReader eventData) {
    this.eventData = eventData;
  }

  @Override
  public String name() {
    return "winlogbeat";
  }

  @Override
  public boolean matches(JsonNode object) {
    return object.path("winlog").isObject();
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return idOf(object);
  }

  @Override
  public void read(JsonNode object, EventFields event) throws BadRecordException {
    readEnvelope(object, event);
    eventData.read(object.path("winlog").path("event_data"), event);
  }

  @Override
  public String time(JsonNode object, EventFields event) {
    return timeOf(object, event);
  }

  static JsonNode idOf(JsonNode object) {
    JsonNode id = object.path("winlog").path("event_id");
    return id.isMissingNode() ? object.path("event").path("code") : id;
  }

  static void readEnvelope(JsonNode object, EventFields event) {
    JsonNode winlog = object.path("winlog");
    event.setEnvelope(
        JsonShape.firstText(winlog.path("provider_name"), object.path("event").path("provider")),
        JsonShape.text(winlog.path("channel")),
        JsonShape.firstText(winlog.path("computer_name"), object.path("host").path("name")),
        JsonShape.text(winlog.path("record_id")));
  }

  static String timeOf(JsonNode object, EventFields event) {
    BeatsTime times = new BeatsTime();
    times.agent.set(JsonShape.text(object.path("agent").path("type")));
    times.beat.set(JsonShape.text(object.path("@metadata").path("beat")));
    times.created.set(JsonShape.text(object.path("winlog").path("time_created")));
    times.timestamp.set(JsonShape.text(object.path("@timestamp")));
    return times.of(event).text();
  }
}
