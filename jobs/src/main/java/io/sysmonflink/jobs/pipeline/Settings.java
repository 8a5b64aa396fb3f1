package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlTemplate;
import io.sysmonflink.jobs.catalog.UserError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The values of {@code ${key}} in a run's SQL files, and which of them any file asked for. */
final class Settings {

  private final Map<String, String> values;
  private final Set<String> asked = new HashSet<>();
  private final RunOptions options;

  Settings(RunOptions options) {
    this.options = options;
    for (String key : options.settings().keySet()) {
      if (RunOptions.OWN_KEYS.contains(key) || options.kafka().values().containsKey(key)) {
        throw new UserError("--set " + key + ": this key has a value of its own");
      }
    }
    values = new HashMap<>(options.settings());
    values.putAll(options.kafka().values());
    values.put("earliest", options.window().earliestSql());
    values.put("latest", options.window().latestSql());
    values.put("event_codes", eventCodes(options));
    options.output().ifPresent(output -> values.put("output", output));
    if (!options.inputs().isEmpty()) {
      values.put("input", String.join(";", options.inputs()));
    }
  }

  private static String eventCodes(RunOptions options) {
    return options.detections().stream()
        .flatMap(detection -> detection.metadata().eventCodes().stream())
        .distinct()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(";"));
  }

  /** A file's SQL with its keys replaced. */
  String render(SqlFile file) {
    return render(file, Map.of());
  }

  /** A file's SQL with its keys replaced, some values holding for this file only. */
  String render(SqlFile file, Map<String, String> more) {
    SqlTemplate template = new SqlTemplate(file);
    asked.addAll(template.keys());
    Map<String, String> all = new HashMap<>(values);
    all.putAll(more);
    return template.render(all);
  }

  /** Takes the keys of a file that this run does not need as asked for. */
  void skip(SqlFile file) {
    asked.addAll(new SqlTemplate(file).keys());
  }

  /**
   * To be called when all files are read.
   *
   * @throws UserError if the user gave a value that no file asked for
   */
  void checkAllAskedFor() {
    List<String> idle =
        options.settings().keySet().stream().filter(key -> !asked.contains(key)).sorted().toList();
    if (!idle.isEmpty()) {
      throw new UserError(
          "--set " + idle.get(0) + ": no SQL file of this run has ${" + idle.get(0) + "}");
    }
    if (!options.inputs().isEmpty() && !asked.contains("input")) {
      throw new UserError("--input: source " + options.source() + " does not read it");
    }
    if (options.output().isPresent() && !asked.contains("output")) {
      throw new UserError("--output: sink " + options.sinks() + " does not write there");
    }
  }
}
