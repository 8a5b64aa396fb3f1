package io.sysmonflink.format;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A Winlogbeat event after Elastic's pipeline for Sysmon, which moves fields of EventData to the
 * names of the Elastic Common Schema. What is left is read from there. QueryResults is lost for
 * good, and QueryStatus is a word ({@code SUCCESS}).
 */
final class ElasticPipelineShape implements JsonEventShape {

  /** Where the pipeline puts the fields that it takes out of EventData. */
  private static final Map<String, JsonPointer> MOVED =
      Map.of(
          "Image", JsonPointer.compile("/process/executable"),
          "ProcessGuid", JsonPointer.compile("/process/entity_id"),
          "ProcessId", JsonPointer.compile("/process/pid"),
          "CommandLine", JsonPointer.compile("/process/command_line"),
          "QueryName", JsonPointer.compile("/dns/question/name"),
          "QueryStatus", JsonPointer.compile("/sysmon/dns/status"),
          "RuleName", JsonPointer.compile("/rule/name"));

  @Override
  public String name() {
    return "elastic_pipeline";
  }

  @Override
  public boolean matches(JsonNode object) {
    return object.path("winlog").isObject()
        && (isMoved(object, "Image") || isMoved(object, "QueryName"));
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    JsonNode id = object.path("winlog").path("event_id");
    return id.isMissingNode() ? object.path("event").path("code") : id;
  }

  @Override
  public String read(JsonNode object, EventFields event) throws BadRecordException {
    WinlogbeatShape.readEnvelope(object, event);
    JsonEventShape.putAll(eventData(object), event);
    for (var field : MOVED.entrySet()) {
      if (isMoved(object, field.getKey())) {
        event.put(field.getKey(), JsonShape.text(object.at(field.getValue())));
      }
    }
    return JsonShape.firstText(object, "@timestamp");
  }

  private static boolean isMoved(JsonNode object, String field) {
    return object.at(MOVED.get(field)).isValueNode() && !eventData(object).has(field);
  }

  private static JsonNode eventData(JsonNode object) {
    return object.path("winlog").path("event_data");
  }
}
