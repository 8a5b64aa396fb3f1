package io.sysmonflink.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * More detections of the shape of the bundled two, as a site with many would have them. Each asks
 * for other names, which no log holds: so what the two find stays the same.
 */
final class GeneratedDetections {

  private static final List<String> BUNDLED =
      List.of(
          "windows_abused_web_services", "suspicious_process_dns_query_known_abuse_web_services");

  private GeneratedDetections() {}

  /**
   * Writes a folder for the job's {@code --sql}.
   *
   * @param count how many detections there are then, the bundled two among them
   */
  static Path write(Path root, Path folder, int count) throws IOException {
    Path target = Files.createDirectories(folder.resolve("detections"));
    for (int i = BUNDLED.size(); i < count; i++) {
      String bundled = BUNDLED.get(i % BUNDLED.size());
      String name = "generated_%03d".formatted(i);
      Path source = root.resolve("sql/detections");
      String sql = Files.readString(source.resolve(bundled + ".sql"));
      Files.writeString(
          target.resolve(name + ".sql"),
          sql.replace(bundled, name).replaceAll("'\\*([a-z.]+)\\*'", "'*$1" + i + "*'"));
      String yaml = Files.readString(source.resolve(bundled + ".yml"));
      UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
      Files.writeString(
          target.resolve(name + ".yml"),
          yaml.replace(bundled, name)
              .replaceFirst("(?m)^name: .*$", "name: Generated " + i)
              .replaceFirst("(?m)^id: .*$", "id: " + id));
    }
    return folder;
  }
}
