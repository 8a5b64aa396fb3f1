package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Events that were read without what a search needs of them, by file and shape. A shipper that
 * names the fields in a way that the decoder does not know would otherwise look like a quiet day.
 */
final class Unfilled {

  private static final int MAX_PRINTED = 10;
  private static final int MAX_LISTED = 1_000;

  /** So much of the keys is printed; a sender may choose as many as it likes. */
  private static final int MAX_KEYS = 300;

  /** What is missing; in the tallies the counts have the same names. */
  private enum Kind {
    NO_EVENT_DATA("no_event_data") {
      @Override
      String inWords(long events, String file, String shape) {
        return "%s of Sysmon%s (shape %s) %s: not read"
            .formatted(
                RunSummary.plural(events, "event"),
                file,
                shape,
                events == 1 ? "holds none of its fields" : "hold none of their fields");
      }
    },
    NO_PROVIDER("no_provider") {
      @Override
      String inWords(long events, String file, String shape) {
        return "%s%s (shape %s) %s"
            .formatted(
                RunSummary.plural(events, "event"),
                file,
                shape,
                events == 1
                    ? "says neither provider nor channel, so the search drops it"
                    : "say neither provider nor channel, so the search drops them");
      }
    };

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /**
     * Says it.
     *
     * @param file where they are: {@code " in FILE"}, or nothing where that is unknown
     */
    abstract String inWords(long events, String file, String shape);
  }

  private record Origin(String source, Kind kind, String shape) {}

  private static final class Seen {
    private long events;
    private String keys = "";
  }

  private final SortedMap<Origin, Seen> origins =
      new TreeMap<>(
          Comparator.comparing(Origin::source)
              .thenComparing(Origin::kind)
              .thenComparing(Origin::shape));

  /** Takes the tally of a part of a file. */
  void add(JsonNode tally) {
    for (Kind kind : Kind.values()) {
      for (var count : tally.path(kind.label).properties()) {
        String shape = count.getKey();
        Seen seen =
            origins.computeIfAbsent(
                new Origin(tally.path("source").asText(""), kind, shape), origin -> new Seen());
        seen.events += count.getValue().asLong();
        if (seen.keys.isEmpty()) {
          seen.keys = tally.path("keys").path(shape).asText("");
        }
      }
    }
    origins.values().removeIf(seen -> seen.events == 0);
  }

  /** All of them. */
  long events() {
    return origins.values().stream().mapToLong(seen -> seen.events).sum();
  }

  /** A line for each of the first files and shapes, and one for the rest. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (var entry : origins.entrySet()) {
      if (lines.size() == MAX_PRINTED) {
        lines.add("and so in %s more".formatted(RunSummary.plural(notPrinted(), "file")));
        break;
      }
      Origin origin = entry.getKey();
      String file = origin.source.isEmpty() ? "" : " in " + origin.source;
      String keys = entry.getValue().keys;
      lines.add(
          origin.kind.inWords(entry.getValue().events, file, origin.shape)
              + (keys.isEmpty() ? "" : "; keys seen: " + cut(keys)));
    }
    return lines;
  }

  private long notPrinted() {
    return origins.keySet().stream().skip(MAX_PRINTED).map(Origin::source).distinct().count();
  }

  private static String cut(String keys) {
    int end = keys.offsetByCodePoints(0, Math.min(MAX_KEYS, keys.codePointCount(0, keys.length())));
    return end == keys.length() ? keys : keys.substring(0, end) + "...";
  }

  /** The same for programs. */
  List<Map<String, Object>> json() {
    return origins.entrySet().stream()
        .limit(MAX_LISTED)
        .map(entry -> json(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Map<String, Object> json(Origin origin, Seen seen) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source", origin.source);
    json.put("shape", origin.shape);
    json.put("kind", origin.kind.label);
    json.put("events", seen.events);
    json.put("keys", seen.keys);
    return json;
  }
}
