package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Microsoft Sentinel's WindowsEvent table: a flat envelope, and {@code EventData} a text that holds
 * a JSON object, or that object. The time is UtcTime, else {@code TimeGenerated}.
 */
final class SentinelShape implements JsonEventShape {

  private final StrictJson json;

  SentinelShape(StrictJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return "sentinel";
  }

  @Override
  public boolean matches(JsonNode object) {
    if (!FlatEnvelope.isIn(object)) {
      return false;
    }
    JsonNode eventData = eventData(object);
    return eventData.isTextual() || eventData.isObject();
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return FlatEnvelope.eventId(object);
  }

  @Override
  public String read(JsonNode object, EventFields event) throws BadRecordException {
    FlatEnvelope.read(object, event);
    JsonNode eventData = eventData(object);
    if (eventData.isTextual() && !eventData.textValue().isBlank()) {
      eventData = json.read(eventData.textValue());
    }
    JsonEventShape.putAll(eventData, event);
    return event.utcTime.isEmpty()
        ? JsonShape.firstText(object, "TimeGenerated")
        : event.utcTime.text();
  }

  private static JsonNode eventData(JsonNode object) {
    return JsonShape.member(object, "EventData");
  }
}
