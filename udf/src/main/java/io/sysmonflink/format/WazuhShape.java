package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Wazuh: {@code win.system} and {@code win.eventdata}, on its own or below {@code data} in an
 * alert, all names in lower camel case. The time is the event's, {@code systemTime}; {@code
 * timestamp} is the alert's.
 */
final class WazuhShape implements JsonEventShape {

  @Override
  public String name() {
    return "wazuh";
  }

  @Override
  public boolean matches(JsonNode object) {
    return win(object).path("system").isObject();
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return win(object).path("system").path("eventID");
  }

  @Override
  public String read(JsonNode object, EventFields event) throws BadRecordException {
    JsonNode system = win(object).path("system");
    event.provider = EventFields.stringData(JsonShape.text(system.path("providerName")));
    event.channel = EventFields.stringData(JsonShape.text(system.path("channel")));
    event.computer = EventFields.stringData(JsonShape.text(system.path("computer")));
    event.recordId = RecordId.parse(JsonShape.text(system.path("eventRecordID")));
    JsonEventShape.putAll(win(object).path("eventdata"), event);
    return JsonShape.text(system.path("systemTime"));
  }

  private static JsonNode win(JsonNode object) {
    JsonNode win = object.path("win");
    return win.isMissingNode() ? object.path("data").path("win") : win;
  }
}
