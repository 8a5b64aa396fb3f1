package io.sysmonflink.jobs.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;

/** Reads Winlogbeat documents, and NXLog's flat ones, straight or through Logstash. */
final class JsonEvents {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonEvents() {}

  static WindowsEvent read(String line) {
    JsonNode json;
    try {
      json = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + line, e);
    }
    return json.has("winlog") ? winlogbeat(json) : nxlog(json);
  }

  private static WindowsEvent winlogbeat(JsonNode json) {
    JsonNode winlog = json.get("winlog");
    Map<String, String> data = fields(winlog.required("event_data"));
    String time = text(json, "@timestamp");
    return new WindowsEvent(
        winlog.required("event_id").asInt(),
        LogTime.parse(time == null ? data.get("UtcTime") : time),
        text(winlog, "provider_name"),
        text(winlog, "channel"),
        text(winlog, "computer_name"),
        data);
  }

  // Its EventTime is local time, and Logstash's @timestamp and host are the collector's.
  private static WindowsEvent nxlog(JsonNode json) {
    Map<String, String> data = fields(json);
    return new WindowsEvent(
        json.required("EventID").asInt(),
        LogTime.parse(data.get("UtcTime")),
        text(json, "SourceName"),
        text(json, "Channel"),
        text(json, "Hostname"),
        data);
  }

  private static Map<String, String> fields(JsonNode object) {
    Map<String, String> fields = new HashMap<>();
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              String value = text(object, name);
              if (value != null) {
                fields.put(name, value);
              }
            });
    return fields;
  }

  private static String text(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value == null || !value.isTextual() || value.textValue().isEmpty()
        ? null
        : value.textValue();
  }
}
