package io.sysmonflink.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.DetectionMetadata;
import io.sysmonflink.jobs.report.TextTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code detect list}: what detections there are, and where each of their files comes from. */
@Command(
    name = "list",
    description = "Lists the detections.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {"  detect list", "  detect list --sql my-sql --format json"})
final class ListCommand implements Callable<Integer> {

  private enum Format {
    TABLE,
    JSON
  }

  @Spec private CommandSpec spec;
  @Mixin private CatalogOptions catalog;

  @Option(
      names = "--format",
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How to print it; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Override
  public Integer call() throws JsonProcessingException {
    Collection<Detection> detections = catalog.load().detections();
    spec.commandLine()
        .getOut()
        .println(format == Format.JSON ? json(detections) : table(detections));
    return 0;
  }

  private static String table(Collection<Detection> detections) {
    TextTable table =
        new TextTable("name", "version", "type", "risk", "techniques", "event codes", "files");
    for (Detection detection : detections) {
      DetectionMetadata metadata = detection.metadata();
      table.row(
          detection.name(),
          String.valueOf(metadata.version()),
          metadata.type(),
          metadata.tags().riskScore() + " " + detection.severity(),
          String.join(" ", metadata.tags().mitreAttackId()),
          metadata.eventCodes().stream().map(String::valueOf).collect(Collectors.joining(" ")),
          files(detection));
    }
    return table.render(0);
  }

  // One word where all files come from one place, which is the rule.
  private static String files(Detection detection) {
    Map<String, String> origins = origins(detection);
    List<String> distinct = origins.values().stream().distinct().toList();
    return distinct.size() == 1
        ? distinct.get(0)
        : origins.entrySet().stream()
            .map(origin -> origin.getKey() + ": " + origin.getValue())
            .collect(Collectors.joining(", "));
  }

  private static Map<String, String> origins(Detection detection) {
    Map<String, String> origins = new LinkedHashMap<>();
    origins.put("sql", detection.query().origin());
    origins.put("yml", detection.metadataFile().origin());
    origins.put("filter", detection.filter().origin());
    return origins;
  }

  private static String json(Collection<Detection> detections) throws JsonProcessingException {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Detection detection : detections) {
      DetectionMetadata metadata = detection.metadata();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("detection", detection.name());
      entry.put("name", metadata.name());
      entry.put("id", metadata.id());
      entry.put("version", metadata.version());
      entry.put("status", metadata.status());
      entry.put("type", metadata.type());
      entry.put("risk_score", metadata.tags().riskScore());
      entry.put("severity", detection.severity().toString());
      entry.put("mitre_attack_id", metadata.tags().mitreAttackId());
      entry.put("event_codes", metadata.eventCodes());
      entry.put("files", origins(detection));
      list.add(entry);
    }
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(list);
  }
}
