package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/** Winlogbeat 5 and 6: {@code event_id}, {@code event_data.*}; the time is {@code @timestamp}. */
final class Winlogbeat6Shape implements JsonEventShape {

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
  public String read(JsonNode object, EventFields event) throws BadRecordException {
    event.provider = EventFields.stringData(JsonShape.text(object.path("source_name")));
    event.channel = EventFields.stringData(JsonShape.text(object.path("log_name")));
    event.computer = EventFields.stringData(JsonShape.text(object.path("computer_name")));
    event.recordId = RecordId.parse(JsonShape.text(object.path("record_number")));
    JsonEventShape.putAll(object.path("event_data"), event);
    return JsonShape.firstText(object, "@timestamp");
  }
}
