package io.sysmonflink.decode.parse.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.event.SysmonSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of an event as its message tells them, for shippers that leave them nowhere else: a
 * title, then a line {@code Name: value} for each. Where the values stand in a list beside it
 * (StringInserts), the message is taken apart by them, so that no value can pretend to be another
 * field. Else a line that begins with a name of Sysmon's schema begins that field, and any other
 * goes on with the value before.
 */
public final class MessageFields {

  private static final List<String> MESSAGES = List.of("Message", "message", "RenderedDescription");

  private MessageFields() {}

  /**
   * Reads the message of an object.
   *
   * @param id of the event
   * @return by name; empty where there is no message, or the schema does not know the id
   * @throws BadRecordException if a name stands twice, so that its value is anyone's guess
   */
  public static Map<String, String> of(JsonNode object, int id) throws BadRecordException {
    Set<String> names = SysmonSchema.fields(id);
    String message = names.isEmpty() ? null : message(object);
    if (message == null) {
      return Map.of();
    }
    JsonNode inserts = object.path("StringInserts");
    Map<String, String> fields =
        inserts.isArray() && !inserts.isEmpty() ? byInserts(message, inserts, names) : null;
    return fields == null ? byLines(message, names) : fields;
  }

  private static String message(JsonNode object) {
    for (String key : MESSAGES) {
      if (object.path(key).isTextual()) {
        return object.path(key).textValue();
      }
    }
    JsonNode rendered = object.path("Event").path("RenderingInfo").path("Message");
    return rendered.isTextual() ? rendered.textValue() : null;
  }

  /** Null where the message is not the values with a name before each. */
  private static Map<String, String> byInserts(
      String message, JsonNode inserts, Set<String> names) {
    Map<String, String> fields = new LinkedHashMap<>();
    int at = message.indexOf('\n');
    for (JsonNode insert : inserts) {
      int colon = at < 0 ? -1 : message.indexOf(": ", at);
      String name = colon < 0 ? "" : message.substring(at, colon).strip();
      String value = insert.asText();
      if (!names.contains(name)
          || !message.startsWith(value, colon + 2)
          || fields.put(name, value) != null) {
        return null;
      }
      at = colon + 2 + value.length();
      if (at < message.length() && message.charAt(at) != '\r' && message.charAt(at) != '\n') {
        return null;
      }
    }
    return message.substring(at).isBlank() ? fields : null;
  }

  private static Map<String, String> byLines(String message, Set<String> names)
      throws BadRecordException {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    List<String> last = new ArrayList<>(); // of the title: belongs to no field
    for (String line : message.split("\\r?\\n", -1)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon);
      if (names.contains(name) && (colon + 1 == line.length() || line.charAt(colon + 1) == ' ')) {
        last = new ArrayList<>();
        last.add(line.substring(Math.min(colon + 2, line.length())));
        if (lines.put(name, last) != null) {
          throw new BadRecordException(
              ErrorType.DUPLICATE_FIELD, "field " + name + " stands twice in the message");
        }
      } else {
        last.add(line);
      }
    }
    Map<String, String> fields = new LinkedHashMap<>();
    lines.forEach((name, value) -> fields.put(name, String.join("\n", value).stripTrailing()));
    return fields;
  }
}
