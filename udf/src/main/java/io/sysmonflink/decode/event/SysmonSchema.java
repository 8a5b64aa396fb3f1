package io.sysmonflink.decode.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which fields the EventData of each event of Sysmon has, after {@code sysmon_events.tsv}: those of
 * schema 4.90, in the order in which Sysmon writes them.
 */
public final class SysmonSchema {

  private static final Map<Integer, Set<String>> FIELDS = read();

  /**
   * Fields of some event that shippers of flat records give a meaning of their own beside it:
   * NXLog's EventType is a severity, and its Version that of the event's template.
   */
  public static final Set<String> CONTESTED = Set.of("EventType", "Version", "Type");

  private SysmonSchema() {}

  /** The ids of all events, in their order. */
  public static List<Integer> ids() {
    return List.copyOf(FIELDS.keySet());
  }

  /** Whether all of these ids are Sysmon's. */
  public static boolean areKnown(Collection<Integer> ids) {
    return FIELDS.keySet().containsAll(ids);
  }

  /** The fields of an event; none for an id that Sysmon does not have. */
  public static Set<String> fields(int id) {
    return FIELDS.getOrDefault(id, Set.of());
  }

  /** The fields that at least one event of these ids has. */
  public static Set<String> fields(Collection<Integer> ids) {
    Set<String> fields = new LinkedHashSet<>();
    ids.forEach(id -> fields.addAll(fields(id)));
    return fields;
  }

  /** The fields that there are. */
  public static Set<String> fields() {
    return fields(FIELDS.keySet());
  }

  /** The ids of the events that have a field, in their order. */
  public static List<Integer> having(String field) {
    return FIELDS.keySet().stream().filter(id -> fields(id).contains(field)).toList();
  }

  /** Whether an event has one of the fields that shippers use otherwise. */
  public static boolean hasContested(int id) {
    return !Collections.disjoint(fields(id), CONTESTED);
  }

  private static Map<Integer, Set<String>> read() {
    Map<Integer, Set<String>> fields = new TreeMap<>();
    try (InputStream table = SysmonSchema.class.getResourceAsStream("sysmon_events.tsv")) {
      new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(
              row ->
                  fields.put(
                      Integer.valueOf(row[0]),
                      Collections.unmodifiableSet(
                          new LinkedHashSet<>(List.of(row[2].split(" ", -1))))));
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
