package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one detection found.
 *
 * @param matchedEvents events that the search matched
 * @param matchedRows the groups that they fall into
 * @param rows the groups that passed the filter, and {@code --dest} if given
 * @param events the events in these
 * @param lacking events that meet the search's WHERE and lack what it groups by, by what they lack
 */
record Findings(
    long matchedEvents, long matchedRows, long rows, long events, SortedMap<String, Long> lacking) {

  /** The console names so many kinds of what events lack. */
  private static final int MAX_PRINTED = 10;

  static Findings none() {
    return new Findings(0, 0, 0, 0, new TreeMap<>());
  }

  /** With a row of {@code search_summary}. */
  Findings plus(JsonNode row) {
    SortedMap<String, Long> sums = lacking;
    if (row.hasNonNull("lacking")) {
      sums = new TreeMap<>(lacking);
      sums.merge(row.path("lacking").asText(), row.path("unfilled").asLong(), Long::sum);
    }
    return new Findings(
        matchedEvents + row.path("events").asLong(),
        matchedRows + row.path("rows").asLong(),
        rows,
        events,
        sums);
  }

  Findings plusRow(long rowEvents) {
    return new Findings(matchedEvents, matchedRows, rows + 1, events + rowEvents, lacking);
  }

  /** All events that lack something. */
  long lackingCount() {
    return lacking.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What they lack, in words, the most frequent first; to be asked only where there are any. */
  String lackingInWords() {
    StringBuilder words = new StringBuilder();
    long named = 0;
    for (var one : mostFrequent()) {
      String lack = one.getValue() == 1 ? "lacks" : "lack";
      words
          .append(
              words.isEmpty()
                  ? RunSummary.plural(one.getValue(), "event") + " matched and "
                  : ", %,d ".formatted(one.getValue()))
          .append(lack + " " + one.getKey().replace(", ", " and "));
      named += one.getValue();
    }
    long others = lackingCount() - named;
    return words
        .append(others == 0 ? "" : ", %,d lack other fields".formatted(others))
        .append(lackingCount() == 1 ? ", so that stats drops it" : ", so that stats drops them")
        .toString();
  }

  private List<Map.Entry<String, Long>> mostFrequent() {
    return lacking.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(MAX_PRINTED)
        .toList();
  }
}
