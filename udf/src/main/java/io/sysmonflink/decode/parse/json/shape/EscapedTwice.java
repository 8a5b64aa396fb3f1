package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Undoes the escapes that are left in the values of an event after its JSON was read: Wazuh's
 * alerts have backslashes and quotes escaped as in JSON, and both Wazuh and EvtxECmd keep the
 * entities of the XML that the event came from.
 *
 * <p>An escape is taken for one only if nothing in any value of the event speaks against it: a
 * backslash that escapes nothing, as in {@code C:\Windows}, shows that none does, and so does an
 * ampersand that begins no entity.
 */
final class EscapedTwice {

  private static final String[] ENTITIES = {"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"};
  private static final String CHARACTERS = "<>&\"'";

  private boolean anyBackslash;
  private boolean anyAmpersand;
  private boolean onlyEscapes = true;
  private boolean onlyEntities = true;

  /** Whether backslashes are looked at too. */
  private final boolean backslashes;

  private EscapedTwice(boolean backslashes) {
    this.backslashes = backslashes;
  }

  /** The fields of an event with plain values: as they are, where they are plain. */
  static JsonNode undone(JsonNode fields) {
    return undone(fields, true);
  }

  /** The same of a program that leaves entities only. */
  static JsonNode entitiesUndone(JsonNode fields) {
    return undone(fields, false);
  }

  private static JsonNode undone(JsonNode fields, boolean backslashes) {
    EscapedTwice escaped = new EscapedTwice(backslashes);
    escaped.look(fields);
    return escaped.hasEscapes() || escaped.hasEntities() ? escaped.undo(fields) : fields;
  }

  private boolean hasEscapes() {
    return backslashes && anyBackslash && onlyEscapes;
  }

  private boolean hasEntities() {
    return anyAmpersand && onlyEntities;
  }

  private void look(JsonNode node) {
    if (node.isContainerNode()) {
      node.forEach(this::look);
    } else if (node.isTextual()) {
      look(node.textValue());
    }
  }

  private void look(String value) {
    for (int at = value.indexOf('\\'); at >= 0; at = value.indexOf('\\', at + 2)) {
      anyBackslash = true;
      onlyEscapes &= at + 1 < value.length() && isEscaped(value.charAt(at + 1));
    }
    for (int at = value.indexOf('&'); at >= 0; at = value.indexOf('&', at + 1)) {
      anyAmpersand = true;
      onlyEntities &= entityAt(value, at) >= 0;
    }
  }

  private static boolean isEscaped(char c) {
    return c == '\\' || c == '"';
  }

  private static int entityAt(String value, int at) {
    for (int i = 0; i < ENTITIES.length; i++) {
      if (value.startsWith(ENTITIES[i], at)) {
        return i;
      }
    }
    return -1;
  }

  private JsonNode undo(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(member -> object.set(member.getKey(), undo(member.getValue())));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(member -> array.add(undo(member)));
      return array;
    }
    return node.isTextual() ? TextNode.valueOf(undo(node.textValue())) : node;
  }

  private String undo(String value) {
    StringBuilder plain = new StringBuilder(value.length());
    int at = 0;
    while (at < value.length()) {
      char c = value.charAt(at);
      if (hasEscapes() && c == '\\') {
        plain.append(value.charAt(at + 1));
        at += 2;
      } else if (hasEntities() && c == '&') {
        int entity = entityAt(value, at);
        plain.append(CHARACTERS.charAt(entity));
        at += ENTITIES[entity].length();
      } else {
        plain.append(c);
        at++;
      }
    }
    return plain.toString();
  }
}
