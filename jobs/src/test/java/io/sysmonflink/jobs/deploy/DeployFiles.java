package io.sysmonflink.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sysmonflink.jobs.oracle.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What stands in deploy/. */
public final class DeployFiles {

  private static final YAMLMapper YAML = new YAMLMapper();

  private DeployFiles() {}

  /**
   * A path below deploy/: Maven runs tests in the module's folder, an IDE perhaps in the project's.
   */
  public static Path path(String path) {
    Path here = Path.of("deploy");
    return (Files.exists(here) ? here : Path.of("../deploy"))
        .resolve(path)
        .toAbsolutePath()
        .normalize();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings of deploy/standalone/config.yaml, each by its full name. */
  public static Map<String, String> standaloneConfig() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    flatten("", YAML.readTree(text(path("standalone/config.yaml"))), settings);
    return settings;
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> settings) {
    node.properties()
        .forEach(
            field -> {
              String key = prefix + field.getKey();
              if (field.getValue().isObject()) {
                flatten(key + ".", field.getValue(), settings);
              } else {
                settings.put(key, field.getValue().asText());
              }
            });
  }

  /**
   * What {@code deploy/sql/statements} prints for files in a folder.
   *
   * @param window the times to search
   */
  public static List<String> sqlStatements(Path input, Window window)
      throws IOException, InterruptedException {
    ScriptRun run =
        ScriptRun.of(
            "sql/statements",
            Map.of(),
            "files",
            "input=" + input.toAbsolutePath(),
            "earliest=" + sqlTime(window.from()),
            "latest=" + sqlTime(window.to()));
    if (run.status() != 0) {
      throw new IOException(run.err());
    }
    return Arrays.stream(run.out().split("\n;\n", -1)).filter(sql -> !sql.isBlank()).toList();
  }

  private static String sqlTime(Instant time) {
    return time.toString().replace('T', ' ').replace("Z", "");
  }

  /**
   * The name of each metric that an alert rule or the dashboard asks for.
   *
   * @param prefix what it begins with
   */
  public static Set<String> metrics(String prefix) throws IOException {
    Pattern name = Pattern.compile("\\b" + prefix + "[A-Za-z0-9_]+");
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(path("monitoring"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher matcher = name.matcher(text(file));
        while (matcher.find()) {
          names.add(matcher.group());
        }
      }
    }
    return names;
  }
}
