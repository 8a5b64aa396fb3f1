package io.sysmonflink.decode.parse.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A place in an object that is no event itself where the record of another shape may stand, as a
 * text or as an object. What is around it is not read.
 *
 * @param label the name that the summary counts it under, before that of the shape inside
 */
record JsonWrapper(String label, JsonPointer place, boolean text, boolean object) {

  /** Elastic's documents keep the event as it came, which tells more than what was made of it. */
  static final JsonWrapper ELASTIC_ORIGINAL = text("elastic_original", "/event/original");

  /** In the order in which they are tried. */
  static final List<JsonWrapper> ALL =
      List.of(
          ELASTIC_ORIGINAL,
          text("azure", "/properties/RawXml"),
          text("azure", "/properties/rawXml"),
          text("splunk_export", "/result/_raw"),
          either("splunk_hec", "/event"),
          object("_source", "/_source"),
          object("fields", "/fields"),
          object("document.data", "/document/data"),
          object("jsonPayload", "/jsonPayload"),
          either("payload", "/payload"),
          either("body", "/body"),
          text("message", "/message"),
          text("log", "/log"),
          text("_raw", "/_raw"),
          text("Event", "/Event"),
          either("data", "/data"),
          object("structured", "/structured"),
          text("text", "/text"),
          text("raw_data", "/raw_data"),
          text("raw_xml", "/raw_xml"),
          text("xml", "/xml"),
          text("line", "/line"),
          text("SyslogMessage", "/SyslogMessage"),
          text("System", "/System"));

  /** Lists of records, by the way to them; what stands in lists on the way counts for each. */
  static final List<List<String>> LISTS =
      List.of(
          List.of("records"),
          List.of("results"),
          List.of("hits", "hits"),
          List.of("logEvents"),
          List.of("events"),
          List.of("documents"),
          List.of("resourceLogs", "scopeLogs", "logRecords"));

  private static JsonWrapper text(String label, String place) {
    return new JsonWrapper(label, JsonPointer.compile(place), true, false);
  }

  private static JsonWrapper object(String label, String place) {
    return new JsonWrapper(label, JsonPointer.compile(place), false, true);
  }

  private static JsonWrapper either(String label, String place) {
    return new JsonWrapper(label, JsonPointer.compile(place), true, true);
  }

  /** The names on the way to the place. */
  List<String> path() {
    return List.of(place.toString().substring(1).split("/", -1));
  }

  /** The text that an object wraps here, or null. */
  String textIn(JsonNode object) {
    return text ? recordIn(object.at(place)) : null;
  }

  /** The text of a node, if it can be a record; else null. */
  static String recordIn(JsonNode node) {
    return node.isTextual() && beginsARecord(node.textValue()) ? node.textValue() : null;
  }

  /** The object that an object wraps here, or null. */
  JsonNode objectIn(JsonNode outer) {
    JsonNode node = object ? outer.at(place) : null;
    return node != null && node.isObject() ? node : null;
  }

  /**
   * Whether a text can be the record itself. One that only mentions an event, as the request in a
   * web server's log can, is never taken for it.
   */
  static boolean beginsARecord(String text) {
    int at = 0;
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF')) {
      at++;
    }
    return text.startsWith("{", at)
        || text.startsWith("<Event", at)
        || text.startsWith("<?xml", at);
  }
}
