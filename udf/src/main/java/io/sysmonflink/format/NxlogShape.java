package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Envelope and EventData side by side in one flat object: NXLog, alone or through Logstash, and
 * what looks like it. {@code Hostname} is the endpoint ({@code host} is the collector).
 *
 * <p>The time is UtcTime: {@code EventTime} is local time without a zone, and {@code @timestamp} is
 * when a collector saw it. The latter counts only for events that have no UtcTime, which are not
 * Sysmon's.
 */
final class NxlogShape implements JsonEventShape {

  @Override
  public String name() {
    return "nxlog";
  }

  @Override
  public boolean matches(JsonNode object) {
    return FlatEnvelope.isIn(object);
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
