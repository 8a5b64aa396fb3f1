package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Events exported by PowerShell, flat as {@link NxlogShape}, with {@code TimeCreated} and no {@code
 * EventTime}. The time is UtcTime: TimeCreated is local time in some exports and the time of the
 * export in others. Events that are not Sysmon's have no better one than {@code @timestamp}.
 */
final class PowerShellShape implements JsonEventShape {

  @Override
  public String name() {
    return "powershell";
  }

  @Override
  public boolean matches(JsonNode object) {
    return FlatEnvelope.isIn(object) && object.has("TimeCreated") && !object.has("EventTime");
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return FlatEnvelope.eventId(object);
  }

  @Override
  public String read(JsonNode object, EventFields event) throws BadRecordException {
    FlatEnvelope.read(object, event);
    JsonEventShape.putAll(object, event);
    return JsonShape.firstText(object, "UtcTime", "@timestamp");
  }
}
