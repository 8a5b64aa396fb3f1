package io.sysmonflink.decode.parse.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A value as OpenTelemetry's protocol has it in JSON, where each says of which type it is. */
final class OtlpValue {

  private OtlpValue() {}

  /** The value as plain JSON; a missing node where this is none. */
  static JsonNode plain(JsonNode value) {
    for (var member : value.properties()) {
      JsonNode inner = member.getValue();
      switch (member.getKey()) {
        case "stringValue", "intValue", "doubleValue", "boolValue" -> {
          return inner;
        }
        case "kvlistValue" -> {
          ObjectNode object = JsonNodeFactory.instance.objectNode();
          for (JsonNode entry : inner.path("values")) {
            if (entry.path("key").isTextual()) {
              object.set(entry.path("key").textValue(), orNull(plain(entry.path("value"))));
            }
          }
          return object;
        }
        case "arrayValue" -> {
          ArrayNode array = JsonNodeFactory.instance.arrayNode();
          inner.path("values").forEach(entry -> array.add(orNull(plain(entry))));
          return array;
        }
        default -> {
          // No type of a value.
        }
      }
    }
    return MissingNode.getInstance();
  }

  private static JsonNode orNull(JsonNode value) {
    return value.isMissingNode() ? NullNode.getInstance() : value;
  }
}
