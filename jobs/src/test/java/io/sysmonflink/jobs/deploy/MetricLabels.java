package io.sysmonflink.jobs.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The labels of Flink's metrics that alert rules and the dashboard rely on. */
public final class MetricLabels {

  private static final Pattern SELECTOR = Pattern.compile("\\b(flink_\\w+)\\{([^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");
  private static final Pattern GROUPED =
      Pattern.compile("by \\(([a-z_, ]+)\\)\\s*\\(\\s*(?:rate\\(|increase\\()?(flink_\\w+)");

  private MetricLabels() {}

  /**
   * One label of a metric.
   *
   * @param value the value that is asked for, or empty where any is
   */
  public record Label(String metric, String name, String value) {

    /** How an exporter writes it, with a comma before it. */
    public String written() {
      return "," + name + "=\"" + (value.isEmpty() ? "" : value + "\"");
    }
  }

  /** All that stand in deploy/monitoring. */
  public static Set<Label> asked() throws IOException {
    Set<Label> labels = new LinkedHashSet<>();
    for (Path file : files()) {
      String text = DeployFiles.text(file).replace("\\\"", "\"");
      Matcher selector = SELECTOR.matcher(text);
      while (selector.find()) {
        Matcher matcher = MATCHER.matcher(selector.group(2));
        while (matcher.find()) {
          boolean any = matcher.group(2).equals("=~");
          labels.add(new Label(selector.group(1), matcher.group(1), any ? "" : matcher.group(3)));
        }
      }
      Matcher grouped = GROUPED.matcher(text);
      while (grouped.find()) {
        for (String name : grouped.group(1).split(",\\s*", -1)) {
          labels.add(new Label(grouped.group(2), name, ""));
        }
      }
    }
    return labels;
  }

  private static List<Path> files() throws IOException {
    Path folder = DeployFiles.path("monitoring");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().matches(".*(rules\\.yaml|dashboard\\.json)"))
          .toList();
    }
  }
}
