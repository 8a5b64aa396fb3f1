package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Envelope and EventData side by side in one flat object: NXLog, alone or through Logstash, and
 * exports that look like it. {@code Hostname} is the endpoint ({@code host} is the collector).
 *
 * <p>The time is UtcTime: {@code EventTime} is local time without a zone, and {@code @timestamp} is
 * when a collector saw it. The latter counts only for events that have no UtcTime, which are not
 * Sysmon's.
 */
final class NxlogShape implements JsonShape {

  @Override
  public String name() {
    return "nxlog";
  }

  @Override
  public boolean matches(JsonNode object) {
    return object.has("EventID") && !object.path("EventData").isObject();
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return object.path("EventID");
  }

  @Override
  public String read(JsonNode object, EventFields event) throws BadRecordException {
    event.provider =
        EventFields.stringData(
            JsonShape.firstText(object.path("SourceName"), object.path("ProviderName")));
    event.channel = EventFields.stringData(JsonShape.text(object.path("Channel")));
    event.computer =
        EventFields.stringData(
            JsonShape.firstText(object.path("Hostname"), object.path("Computer")));
    String recordNumber = JsonShape.text(object.path("RecordNumber"));
    event.recordId = recordNumber == null ? null : RecordId.parse(recordNumber);
    JsonShape.putAll(object, event);
    return JsonShape.firstText(object.path("UtcTime"), object.path("@timestamp"));
  }
}
