package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Winlogbeat 7 and later: {@code winlog.event_id}, {@code winlog.event_data.*}; the time is {@code
 * @timestamp}.
 */
final class WinlogbeatShape implements JsonShape {

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
    JsonNode winlog = object.path("winlog");
    event.provider =
        EventFields.stringData(
            JsonShape.firstText(
                winlog.path("provider_name"), object.path("event").path("provider")));
    event.channel = EventFields.stringData(JsonShape.text(winlog.path("channel")));
    event.computer =
        EventFields.stringData(
            JsonShape.firstText(winlog.path("computer_name"), object.path("host").path("name")));
    event.recordId = recordId(winlog.path("record_id"));
    JsonShape.putAll(winlog.path("event_data"), event);
    return JsonShape.firstText(object.path("@timestamp"));
  }

  private static Long recordId(JsonNode node) {
    String text = JsonShape.text(node);
    return text == null ? null : RecordId.parse(text);
  }
}
