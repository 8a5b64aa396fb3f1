package io.sysmonflink.decode.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Renderings of events that are not read, told by what they look like, so that a dead letter can
 * say what it is in place of what it is not. docs/use/reading-logs.md lists them.
 */
public final class UnreadShape {

  /** So far is looked. */
  private static final int MAX_LENGTH = 2_000;

  /** In the order in which they are tried, so that a text is called the same in every run. */
  private static final List<Text> TEXTS =
      List.of(
          new Text(
              "Splunk's classic text (renderXml = false)",
              "(?m)^LogName=[^\\n]{0,200}$(?s:.){0,1000}^(?:EventCode|SourceName)="),
          new Text("CEF", "\\bCEF:\\d{1,2}\\|"),
          new Text("LEEF", "\\bLEEF:\\d{1,2}\\.\\d{1,2}\\|"),
          new Text("Hayabusa's timeline as CSV", "^\\W{0,4}Timestamp\\W{1,5}RuleTitle\\W"));

  /** In the same way: what has all of these keys. */
  private static final List<Keys> KEYS =
      List.of(
          new Keys("Hayabusa's timeline as JSON", List.of("Timestamp", "RuleTitle")),
          new Keys("osquery", List.of("hostIdentifier", "calendarTime")));

  private record Text(String name, Pattern beginning) {
    Text(String name, String regex) {
      this(name, Pattern.compile(regex));
    }
  }

  private record Keys(String name, List<String> names) {}

  private UnreadShape() {}

  /** What a text that is no event seems to be, for the end of a message; empty where unknown. */
  public static String of(String text, int from, int to) {
    String beginning = text.substring(from, Math.min(to, from + MAX_LENGTH));
    for (Text shape : TEXTS) {
      if (shape.beginning().matcher(beginning).find()) {
        return sentence(shape.name());
      }
    }
    return "";
  }

  /** The same of an object without an event id. */
  public static String of(JsonNode object) {
    for (Keys shape : KEYS) {
      if (shape.names().stream().allMatch(object::has)) {
        return sentence(shape.name());
      }
    }
    return "";
  }

  private static String sentence(String shape) {
    return "; it looks like " + shape + ", which is not read";
  }
}
