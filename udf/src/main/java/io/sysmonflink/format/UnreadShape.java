package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Renderings of events that are not read, told by what they look like, so that a dead letter can
 * say what it is in place of what it is not. docs/reading-logs.md lists them.
 */
final class UnreadShape {

  /** So far is looked. */
  private static final int MAX_LENGTH = 2_000;

  private static final Map<String, Pattern> TEXTS =
      Map.of(
          "Splunk's classic text (renderXml = false)",
          Pattern.compile("(?m)^LogName=[^\\n]{0,200}$(?s:.){0,1000}^(?:EventCode|SourceName)="),
          "CEF",
          Pattern.compile("\\bCEF:\\d{1,2}\\|"),
          "LEEF",
          Pattern.compile("\\bLEEF:\\d{1,2}\\.\\d{1,2}\\|"),
          "Hayabusa's timeline as CSV",
          Pattern.compile("^\\W{0,4}Timestamp\\W{1,5}RuleTitle\\W"));

  /** By what it is: the keys that all must be there. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "Hayabusa's timeline as JSON",
          List.of("Timestamp", "RuleTitle"),
          "osquery",
          List.of("hostIdentifier", "calendarTime"));

  private UnreadShape() {}

  /** What a text that is no event seems to be, for the end of a message; empty where unknown. */
  static String of(String text, int from, int to) {
    String beginning = text.substring(from, Math.min(to, from + MAX_LENGTH));
    for (var shape : TEXTS.entrySet()) {
      if (shape.getValue().matcher(beginning).find()) {
        return sentence(shape.getKey());
      }
    }
    return "";
  }

  /** The same of an object without an event id. */
  static String of(JsonNode object) {
    for (var shape : KEYS.entrySet()) {
      if (shape.getValue().stream().allMatch(object::has)) {
        return sentence(shape.getKey());
      }
    }
    return "";
  }

  private static String sentence(String shape) {
    return "; it looks like " + shape + ", which is not read";
  }
}
