package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a bounded run read: the sum of its {@code scan_summary}. */
final class ScanTotals {

  private long records;
  private long bytes;
  private long decoded;
  private long lists;
  private long repaired;
  private long framing;
  private long framingBytes;
  private final SortedMap<String, Long> skipped = new TreeMap<>();
  private final SortedMap<String, Long> deadLetters = new TreeMap<>();
  private final SortedMap<String, Long> shapes = new TreeMap<>();
  private final SortedMap<String, Long> providers = new TreeMap<>();
  private Instant oldest;
  private Instant newest;
  private Instant began;

  void add(JsonNode tally) {
    records += tally.path("records").asLong();
    bytes += tally.path("bytes").asLong();
    decoded += tally.path("decoded").asLong();
    lists += tally.path("lists").asLong();
    repaired += tally.path("repaired").asLong();
    framing += tally.path("framing").asLong();
    framingBytes += tally.path("framing_bytes").asLong();
    addCounts(tally.path("skipped"), skipped);
    addCounts(tally.path("dead_letters"), deadLetters);
    addCounts(tally.path("shapes"), shapes);
    addCounts(tally.path("providers"), providers);
    if (tally.hasNonNull("oldest")) {
      Instant first = Instant.parse(tally.path("oldest").asText());
      Instant last = Instant.parse(tally.path("newest").asText());
      oldest = oldest == null || first.isBefore(oldest) ? first : oldest;
      newest = newest == null || last.isAfter(newest) ? last : newest;
    }
    if (tally.hasNonNull("began")) {
      Instant partBegan = Instant.parse(tally.path("began").asText());
      began = began == null || partBegan.isBefore(began) ? partBegan : began;
    }
  }

  private static void addCounts(JsonNode counts, Map<String, Long> sums) {
    counts.properties().forEach(e -> sums.merge(e.getKey(), e.getValue().asLong(), Long::sum));
  }

  /** Always {@code skippedCount() + decoded() + deadLetterCount()}. */
  long records() {
    return records;
  }

  /** Of the text, after decompression. */
  long bytes() {
    return bytes;
  }

  long decoded() {
    return decoded;
  }

  long skippedCount() {
    return sum(skipped);
  }

  long deadLetterCount() {
    return sum(deadLetters);
  }

  /** Records of ids that no detection asks for, by id. */
  SortedMap<String, Long> skipped() {
    return skipped;
  }

  /** By error_type. */
  SortedMap<String, Long> deadLetters() {
    return deadLetters;
  }

  /** Of the decoded events. */
  SortedMap<String, Long> shapes() {
    return shapes;
  }

  /** Of the decoded events. */
  SortedMap<String, Long> providers() {
    return providers;
  }

  /** Decoded events that hold a list in place of a value. */
  long lists() {
    return lists;
  }

  /** Decoded events in which characters that XML forbids were replaced. */
  long repaired() {
    return repaired;
  }

  /** Texts that stood before an event on its line; they are no records. */
  long framing() {
    return framing;
  }

  /** The bytes of these. */
  long framingBytes() {
    return framingBytes;
  }

  /** The time of the oldest decoded event, or null. */
  Instant oldest() {
    return oldest;
  }

  /** The time of the newest decoded event, or null. */
  Instant newest() {
    return newest;
  }

  /** When the first byte was read; null where the tallies do not say. */
  Instant began() {
    return began;
  }

  /** The largest counts first: {@code 1 (30), 3 (12)}. */
  static String listed(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(entry -> "%s (%,d)".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** The sum of the counts of a JSON object. */
  static long sum(JsonNode counts) {
    return counts.properties().stream().mapToLong(count -> count.getValue().asLong()).sum();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
