package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/** evtx_dump: {@code Event.EventData} itself holds the fields; an event may have none. */
final class EvtxDumpShape extends EventTreeShape {

  @Override
  public String name() {
    return "evtx_dump";
  }

  @Override
  boolean matchesData(JsonNode eventData) {
    return true;
  }

  @Override
  void readData(JsonNode eventData, EventFields event) throws BadRecordException {
    JsonEventShape.putAll(eventData, event);
  }
}
