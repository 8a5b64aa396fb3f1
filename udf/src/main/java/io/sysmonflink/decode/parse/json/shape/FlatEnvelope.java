package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.JsonShape;

/** The envelope of the shapes that have it at the top of the object, by the names they give it. */
final class FlatEnvelope {

  private FlatEnvelope() {}

  static boolean isIn(JsonNode object) {
    return !eventId(object).isMissingNode();
  }

  static JsonNode eventId(JsonNode object) {
    return JsonShape.member(object, "EventID");
  }

  static void read(JsonNode object, EventFields event) {
    event.setEnvelope(
        JsonShape.firstText(object, "SourceName", "ProviderName", "Provider"),
        JsonShape.firstText(object, "Channel"),
        JsonShape.firstText(object, "Hostname", "Computer", "MachineName"),
        JsonShape.firstText(object, "RecordNumber", "EventRecordID", "RecordId"));
  }
}
