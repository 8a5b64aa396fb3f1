package io.sysmonflink.decode.parse.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What programs that turn XML into JSON make of an element: its text alone where it has no
 * attributes, else an object in which text and attributes have names that each program chooses
 * anew.
 */
public final class XmlAsJson {

  /** What the text is called; nothing else in such an object is. */
  private static final List<String> TEXT =
      List.of("#text", "text", "_", "__text", "$t", "#content", "content", "Value", "value");

  /** What an object of the attributes is called, where they do not stand beside the text. */
  private static final List<String> ATTRIBUTES =
      List.of("#attributes", "@attributes", "_attributes", "$", "attributes");

  private XmlAsJson() {}

  /** The text of an element; a missing node where it is an object that has none. */
  public static JsonNode content(JsonNode element) {
    if (!element.isObject()) {
      return element;
    }
    for (String name : TEXT) {
      JsonNode text = element.path(name);
      if (text.isValueNode() || text.isArray()) {
        return text;
      }
    }
    return MissingNode.getInstance();
  }

  /** An attribute of an element, however it is written there. */
  public static JsonNode attribute(JsonNode parent, String element, String name) {
    JsonNode node = JsonShape.member(parent, element);
    for (String spelling : new String[] {name, "@" + name, "-" + name, "_" + name}) {
      JsonNode value = node.path(spelling);
      if (!value.isMissingNode()) {
        return value;
      }
    }
    for (String attributes : ATTRIBUTES) {
      JsonNode value = node.path(attributes).path(name);
      if (!value.isMissingNode()) {
        return value;
      }
    }
    return parent
        .path(element + "_attributes")
        .path(name); // as evtx_dump and chainsaw can write it
  }

  /**
   * A member of a list of EventData's Data: which field it is and what it says. Of two keys of
   * which one ends in Name the other is the value, whatever it is called; one key alone is the
   * field.
   *
   * @return null where this is no such member
   */
  public static Map.Entry<String, JsonNode> named(JsonNode element) {
    if (!element.isObject()) {
      return null;
    }
    String nameKey = nameKey(element);
    if (nameKey != null) {
      return Map.entry(element.path(nameKey).textValue(), valueBeside(element, nameKey));
    }
    for (String attributes : ATTRIBUTES) {
      nameKey = nameKey(element.path(attributes));
      if (nameKey != null) {
        return Map.entry(element.path(attributes).path(nameKey).textValue(), content(element));
      }
    }
    if (element.size() == 1) {
      var only = element.properties().iterator().next();
      return Map.entry(only.getKey(), only.getValue());
    }
    return null;
  }

  /** The key that holds a field's name: Name itself, or of two keys the one that ends so. */
  private static String nameKey(JsonNode element) {
    String ends = null;
    for (var member : element.properties()) {
      String key = member.getKey().toLowerCase(Locale.ROOT);
      if (member.getValue().isTextual() && key.endsWith("name")) {
        if (key.length() <= "@name".length()) {
          return member.getKey();
        }
        ends = member.getKey();
      }
    }
    return element.size() == 2 ? ends : null;
  }

  private static JsonNode valueBeside(JsonNode element, String nameKey) {
    if (element.size() == 2) {
      for (var member : element.properties()) {
        if (!member.getKey().equals(nameKey)) {
          return member.getValue();
        }
      }
    }
    return content(element);
  }
}
