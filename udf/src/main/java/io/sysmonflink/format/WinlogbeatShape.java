package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Winlogbeat 7 and later: {@code winlog.event_id}, {@code winlog.event_data.*}; the time is {@code
 * @timestamp}.
 */
final class WinlogbeatShape implements JsonEventShape {

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
    JsonNode id = object.path("winlog").path("event_id");
    return id.isMissingNode() ? object.path("event").path("code") : id;
  }

  @Override
  public String read(JsonNode object, EventFields event) throws BadRecordException {
    readEnvelope(object, event);
    JsonEventShape.putAll(object.path("winlog").path("event_data"), event);
    return JsonShape.firstText(object, "@timestamp");
  }

  static void readEnvelope(JsonNode object, EventFields event) {
    JsonNode winlog = object.path("winlog");
    event.provider =
        EventFields.stringData(
            JsonShape.firstText(
                winlog.path("provider_name"), object.path("event").path("provider")));
    event.channel = EventFields.stringData(JsonShape.text(winlog.path("channel")));
    event.computer =
        EventFields.stringData(
            JsonShape.firstText(winlog.path("computer_name"), object.path("host").path("name")));
    event.recordId = RecordId.parse(JsonShape.text(winlog.path("record_id")));
  }
}
