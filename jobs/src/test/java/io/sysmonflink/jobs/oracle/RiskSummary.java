package io.sysmonflink.jobs.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The drilldown into risk events, by plain loops over what a run wrote. */
public record RiskSummary(
    String normalizedRiskObject,
    int count,
    String firstTime,
    String lastTime,
    Set<String> searchNames,
    Set<String> riskMessages,
    Set<String> analyticStories,
    Set<String> annotations,
    Set<String> tactics) {

  /** Of the techniques that the tests' detections name; others print themselves. */
  private static final Map<String, String> TACTICS =
      Map.of(
          "T1102", "command-and-control",
          "T1059", "execution",
          "T1059.001", "execution",
          "T1059.005", "execution");

  /** The rows for all hosts, over the week that ends then. */
  public static List<RiskSummary> of(List<JsonNode> riskEvents, Instant latest) {
    Set<String> ids = new HashSet<>();
    Map<String, List<JsonNode>> byHost = new TreeMap<>();
    for (JsonNode event : riskEvents) {
      Instant time = Instant.parse(event.get("_time").asText());
      boolean inside = time.isBefore(latest) && !time.isBefore(latest.minus(Duration.ofDays(7)));
      if (inside && ids.add(event.get("id").asText())) {
        String host = event.get("normalized_risk_object").asText();
        byHost.computeIfAbsent(host, h -> new ArrayList<>()).add(event);
      }
    }
    List<RiskSummary> summaries = new ArrayList<>();
    byHost.forEach((host, events) -> summaries.add(of(host, events)));
    return summaries;
  }

  private static RiskSummary of(String host, List<JsonNode> events) {
    List<String> times = events.stream().map(e -> e.get("_time").asText()).sorted().toList();
    Set<String> annotations = values(events, "/annotations/mitre_attack");
    Set<String> tactics = new TreeSet<>();
    annotations.forEach(technique -> tactics.add(TACTICS.getOrDefault(technique, technique)));
    return new RiskSummary(
        host,
        events.size(),
        times.get(0).substring(0, 19),
        times.get(times.size() - 1).substring(0, 19),
        values(events, "/search_name"),
        values(events, "/risk_message"),
        values(events, "/analyticstories"),
        annotations,
        tactics);
  }

  private static Set<String> values(List<JsonNode> events, String field) {
    Set<String> values = new TreeSet<>();
    for (JsonNode event : events) {
      JsonNode value = event.at(field);
      if (value.isTextual()) {
        values.add(value.textValue());
      }
      value.forEach(one -> values.add(one.textValue()));
    }
    return values;
  }

  /** What {@code detect drilldown risk --format json} printed; its lists must be in order. */
  public static List<RiskSummary> parse(String json) throws IOException {
    List<RiskSummary> summaries = new ArrayList<>();
    for (String line : json.lines().toList()) {
      JsonNode row = new ObjectMapper().readTree(line);
      summaries.add(
          new RiskSummary(
              row.required("normalized_risk_object").textValue(),
              row.required("count").intValue(),
              row.required("firstTime").textValue(),
              row.required("lastTime").textValue(),
              sorted(row.required("Search Name")),
              sorted(row.required("Risk Message")),
              sorted(row.required("Analytic Stories")),
              sorted(row.required("Annotations")),
              sorted(row.required("ATT&CK Tactics"))));
    }
    return summaries;
  }

  private static Set<String> sorted(JsonNode list) {
    List<String> values = new ArrayList<>();
    list.forEach(value -> values.add(value.textValue()));
    Set<String> sorted = new TreeSet<>(values);
    if (!List.copyOf(sorted).equals(values)) {
      throw new AssertionError("not sorted, or not unique: " + values);
    }
    return sorted;
  }
}
