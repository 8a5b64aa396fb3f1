package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.JsonShape;

/**
 * A flat envelope and {@code EventData} that is a text or an object of its own: Microsoft
 * Sentinel's tables WindowsEvent (JSON) and Event (XML), and Fluent Bit where it has EventData. The
 * time is UtcTime, else {@code TimeGenerated} or Fluent Bit's {@code TimeCreated}.
 */
final class SentinelShape implements JsonShape {

  private final EventDataReader reader;
  private final boolean fluentBit;

  /**
   * @param fluentBit whether it is Fluent Bit's, told by its {@code ProviderName}
   */
  SentinelShape(EventDataReader reader, boolean fluentBit) {
    this.reader = reader;
    this.fluentBit = fluentBit;
  }

  @Override
  public String name() {
    return fluentBit ? "fluent_bit" : "sentinel";
  }

  @Override
  public boolean matches(JsonNode object) {
    if (!FlatEnvelope.isIn(object)) {
      return false;
    }
    JsonNode eventData = eventData(object);
    return (eventData.isTextual() || eventData.isContainerNode())
        && (!fluentBit || object.has("ProviderName"));
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return FlatEnvelope.eventId(object);
  }

  @Override
  public void read(JsonNode object, EventFields event) throws BadRecordException {
    FlatEnvelope.read(object, event);
    if (event.provider() == null) {
      event.setProvider(EventFields.stringData(JsonShape.text(object.path("Source"))));
    }
    if (event.channel() == null) {
      event.setChannel(EventFields.stringData(JsonShape.text(object.path("EventLog"))));
    }
    reader.read(eventData(object), event);
  }

  @Override
  public String time(JsonNode object, EventFields event) {
    return event.utcTime().isEmpty()
        ? JsonShape.firstText(object, fluentBit ? "TimeCreated" : "TimeGenerated", "@timestamp")
        : event.utcTime().text();
  }

  private static JsonNode eventData(JsonNode object) {
    return JsonShape.member(object, "EventData");
  }
}
