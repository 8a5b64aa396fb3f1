package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/** Datadog: {@code Event.EventData.Data} is an object with the fields. */
final class DatadogShape extends EventTreeShape {

  @Override
  public String name() {
    return "datadog";
  }

  @Override
  boolean matchesData(JsonNode eventData) {
    return JsonShape.member(eventData, "Data").isObject();
  }

  @Override
  void readData(JsonNode eventData, EventFields event) throws BadRecordException {
    JsonEventShape.putAll(JsonShape.member(eventData, "Data"), event);
  }
}
