package io.sysmonflink.decode.parse.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Documents whose objects were made one, with the path to each value as its key: with dots, as
 * Kibana and Elasticsearch can write them, or with underscores, as Graylog does.
 */
final class FlattenedDocument {

  private static final int MAX_DEPTH = 8;

  /** What Graylog puts before the keys of a document, and the objects whose members it flattens. */
  private static final List<String> PREFIXES = List.of("winlogbeat_", "filebeat_", "");

  private static final List<String> UNDERSCORED =
      List.of("winlog_event_data_", "winlog_", "event_", "agent_", "host_");

  private FlattenedDocument() {}

  /** The document as it was, or null where the object is none. */
  static JsonNode nested(JsonNode object) {
    boolean dotted = false;
    boolean underscored = false;
    for (var member : object.properties()) {
      dotted |= member.getKey().indexOf('.') > 0;
      underscored |= member.getKey().endsWith("winlog_event_id");
    }
    if (!dotted && !underscored) {
      return null;
    }
    ObjectNode nested = JsonNodeFactory.instance.objectNode();
    for (var member : object.properties()) {
      put(nested, underscored ? path(member.getKey()) : member.getKey(), member.getValue());
    }
    return nested;
  }

  /** With dots for the underscores that stood for them. */
  private static String path(String key) {
    for (String prefix : PREFIXES) {
      for (String object : UNDERSCORED) {
        if (key.startsWith(prefix + object)) {
          String dotted = object.equals("winlog_event_data_") ? "winlog.event_data." : dot(object);
          return dotted + key.substring(prefix.length() + object.length());
        }
      }
      if (!prefix.isEmpty() && key.startsWith(prefix)) {
        return key.substring(prefix.length());
      }
    }
    return key;
  }

  private static String dot(String object) {
    return object.substring(0, object.length() - 1) + ".";
  }

  /**
   * A value that stands in the way of an object stays, as with the further spellings of a value
   * that Elasticsearch keeps below its name.
   */
  private static void put(ObjectNode target, String path, JsonNode value) {
    ObjectNode object = target;
    String rest = path;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      int dot = rest.indexOf('.');
      if (dot <= 0 || dot == rest.length() - 1) {
        break;
      }
      String name = rest.substring(0, dot);
      JsonNode inner = object.path(name);
      if (inner.isMissingNode()) {
        inner = object.putObject(name);
      }
      if (!(inner instanceof ObjectNode next)) {
        return;
      }
      object = next;
      rest = rest.substring(dot + 1);
    }
    boolean isOnlyInTheWay = object.path(rest).isObject() && !value.isObject();
    if (!object.has(rest) || isOnlyInTheWay) {
      object.set(rest, value);
    }
  }
}
