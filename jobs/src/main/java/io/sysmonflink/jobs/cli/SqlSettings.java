package io.sysmonflink.jobs.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --set} of the commands that run a job. */
final class SqlSettings {

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description =
          "Fill $${key} in the SQL files, or, as properties.x=y, set x of Kafka's client; may be repeated.")
  private Map<String, String> values = new LinkedHashMap<>();

  /** The settings by key. Kafka's options take those of its client out of this map. */
  Map<String, String> values() {
    return values;
  }
}
