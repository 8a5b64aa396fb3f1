package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.JsonShape;

/**
 * Wazuh: {@code win.system} and {@code win.eventdata}, on its own or below {@code data} in an
 * alert, all names in lower camel case. The time is the event's, {@code systemTime}; {@code
 * timestamp} is the alert's. Its alerts have each value escaped once more: {@link EscapedTwice}.
 */
final class WazuhShape implements JsonShape {

  private final EventDataReader eventData;

  WazuhShape(EventDataReader eventData) {
    this.eventData = eventData;
  }

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
  public void read(JsonNode object, EventFields event) throws BadRecordException {
    JsonNode system = win(object).path("system");
    event.setEnvelope(
        JsonShape.text(system.path("providerName")),
        JsonShape.text(system.path("channel")),
        JsonShape.text(system.path("computer")),
        JsonShape.text(system.path("eventRecordID")));
    eventData.read(EscapedTwice.undone(win(object).path("eventdata")), event);
  }

  @Override
  public String time(JsonNode object, EventFields event) {
    return JsonShape.text(win(object).path("system").path("systemTime"));
  }

  private static JsonNode win(JsonNode object) {
    JsonNode win = object.path("win");
    return win.isMissingNode() ? object.path("data").path("win") : win;
  }
}
