package io.sysmonflink.jobs.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which fields the EventData of each event of Sysmon has, after {@code sysmon_events.tsv}. */
final class SysmonEvents {

  private static final Map<Integer, Set<String>> FIELDS = read();

  private SysmonEvents() {}

  /** Whether all of these ids are Sysmon's. */
  static boolean areKnown(Collection<Integer> ids) {
    return FIELDS.keySet().containsAll(ids);
  }

  /** The fields that at least one event of these ids has. */
  static Set<String> fields(Collection<Integer> ids) {
    return ids.stream().flatMap(id -> FIELDS.get(id).stream()).collect(Collectors.toSet());
  }

  /** The fields that there are. */
  static Set<String> fields() {
    return fields(FIELDS.keySet());
  }

  /** The ids of the events that have a field, in their order. */
  static List<Integer> having(String field) {
    return FIELDS.keySet().stream().filter(id -> FIELDS.get(id).contains(field)).toList();
  }

  private static Map<Integer, Set<String>> read() {
    SortedMap<Integer, Set<String>> fields = new TreeMap<>();
    try (InputStream table = SysmonEvents.class.getResourceAsStream("sysmon_events.tsv")) {
      new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(row -> fields.put(Integer.valueOf(row[0]), Set.of(row[2].split(" ", -1))));
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
