package io.sysmonflink.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.cli.DetectCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The job's arguments, wherever they stand in deploy/. */
final class CommandLines {

  /** A value that every option which takes text or a time takes. */
  private static final String SOME = "2024-11-25";

  private static final Pattern OF_JAR =
      Pattern.compile(
          "(?:\"\\$jar\"|flink-sysmon-detections\\.jar|(?m:^ {4})\\./detect)\\s+((?:live|backfill)\\b[^|>&;#\n]*)");

  private static final Pattern IF_SET = Pattern.compile("\\$\\{[A-Za-z_]+:\\+([^}]*)}");
  private static final Pattern OR_DEFAULT = Pattern.compile("\\$\\{[A-Za-z_]+:-([^}]*)}");
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{[A-Za-z_]+}|[A-Za-z_]+)");

  private CommandLines() {}

  /** Runs arguments through the parser of the job's command line, and nothing else. */
  static void assertParses(List<String> arguments, String where) {
    assertThatCode(() -> DetectCommand.parser().parseArgs(arguments.toArray(String[]::new)))
        .as("%s: %s", where, arguments)
        .doesNotThrowAnyException();
  }

  /** The same of an array of strings. */
  static void assertParses(JsonNode arguments, String where) {
    assertParses(strings(arguments), where);
  }

  /** The arguments of each job in a YAML document. */
  static List<List<String>> inYaml(JsonNode document) {
    List<List<String>> found = new ArrayList<>();
    for (JsonNode arguments : document.findValues("args")) {
      found.add(strings(arguments));
    }
    for (JsonNode command : document.findValues("command")) {
      List<String> words = command.isArray() ? strings(command) : List.of();
      int main = words.indexOf("io.sysmonflink.jobs.Detect");
      if (main >= 0) {
        found.add(words.subList(main + 1, words.size()));
      }
    }
    return found;
  }

  /** The arguments behind each mention of the jar in a script, a unit or a table of cron. */
  static List<List<String>> inText(String text) {
    List<List<String>> found = new ArrayList<>();
    Matcher mention = OF_JAR.matcher(text.replaceAll("\\\\\n\\s*", ""));
    while (mention.find()) {
      String line = IF_SET.matcher(mention.group(1).replace("\"$@\"", "")).replaceAll("$1");
      found.add(List.of(value(line.replaceAll("[\"']", "")).strip().split("\\s+", -1)));
    }
    return found;
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(value(element.textValue())));
    return strings;
  }

  private static String value(String text) {
    return VARIABLE.matcher(OR_DEFAULT.matcher(text).replaceAll("$1")).replaceAll(SOME);
  }
}
