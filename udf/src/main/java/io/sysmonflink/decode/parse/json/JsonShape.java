package io.sysmonflink.decode.parse.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** One rendering of Windows events as JSON: how to know it, and where it keeps what. */
public interface JsonShape {

  /** The name that the summary counts it under. */
  String name();

  /** Whether the object is of this shape. The first shape that says so takes it. */
  boolean matches(JsonNode object);

  /**
   * The node that holds the event id, a number or a string; a missing one in an object that is of
   * this shape but for its id.
   */
  JsonNode eventId(JsonNode object);

  /** Fills in the envelope and EventData. */
  void read(JsonNode object, EventFields event) throws BadRecordException;

  /**
   * The time that the log has the event under, as docs/use/reading-logs.md gives it for each shape.
   *
   * @param event that {@link #read} has filled in
   * @return null where there is none
   */
  String time(JsonNode object, EventFields event);

  /**
   * A member by name; where there is none, the one that is spelled with its first letter in the
   * other case; else a missing node. Of a list of one object, that object: so Logstash writes each
   * element of XML.
   */
  static JsonNode member(JsonNode object, String name) {
    JsonNode exact = object.path(name);
    JsonNode member =
        exact.isMissingNode() && object.isObject() ? object.path(otherCase(name)) : exact;
    return member.isArray() && member.size() == 1 && member.get(0).isObject()
        ? member.get(0)
        : member;
  }

  private static String otherCase(String name) {
    char first = name.charAt(0);
    char other =
        Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first);
    return other + name.substring(1);
  }

  /**
   * The text of a node: of a list the texts of its members, each on a line; null where there is
   * none, as in an object.
   */
  static String text(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isArray()) {
      List<String> texts = new ArrayList<>();
      for (JsonNode member : node) {
        String text = text(XmlAsJson.content(member));
        if (text != null && !text.isEmpty()) {
          texts.add(text);
        }
      }
      return texts.isEmpty() ? null : String.join("\n", texts);
    }
    if (node.isDouble()) {
      return plain(node.doubleValue());
    }
    return node.isValueNode() && !node.isNull() && !node.isMissingNode() ? node.asText() : null;
  }

  /** Without an exponent where people would write none: times are seconds with a fraction. */
  private static String plain(double number) {
    String text = Double.toString(number);
    boolean moderate = Math.abs(number) >= 1e-6 && Math.abs(number) < 1e18;
    return moderate && text.indexOf('E') >= 0 ? new BigDecimal(text).toPlainString() : text;
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
