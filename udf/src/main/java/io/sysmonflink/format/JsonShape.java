package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/** One rendering of Windows events as JSON, and how to know it: an event, or a wrapper of one. */
sealed interface JsonShape permits JsonEventShape, JsonWrapper {

  /** The name that the summary counts it under. */
  String name();

  /** Whether the object is of this shape. The first shape that says so takes it. */
  boolean matches(JsonNode object);

  /**
   * A member by name; where there is none, the one that is spelled with its first letter in the
   * other case; else a missing node.
   */
  static JsonNode member(JsonNode object, String name) {
    JsonNode exact = object.path(name);
    return exact.isMissingNode() && object.isObject() ? object.path(otherCase(name)) : exact;
  }

  private static String otherCase(String name) {
    char first = name.charAt(0);
    char other =
        Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first);
    return other + name.substring(1);
  }

  /** The text of a node: null where it is missing or null, JSON where it is no plain value. */
  static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }

  /** The first of these that has a text that is not empty, or null. */
  static String firstText(JsonNode... nodes) {
    for (JsonNode node : nodes) {
      String text = text(node);
      if (text != null && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  /** The first of these members that has a text that is not empty, or null. */
  static String firstText(JsonNode object, String... names) {
    for (String name : names) {
      String text = text(member(object, name));
      if (text != null && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }
}
