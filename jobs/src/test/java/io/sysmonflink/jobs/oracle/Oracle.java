package io.sysmonflink.jobs.oracle;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What both searches must return, computed the plain way over all events in memory. It shares no
 * code with the job, so that the same mistake would have to be made twice to go unnoticed.
 */
public final class Oracle {
  private static final int DNS_QUERY = 22;
  private static final Set<String> PROVIDERS = Set.of("microsoft-windows-sysmon", "linux-sysmon");
  private static final Set<String> CHANNELS =
      Set.of("microsoft-windows-sysmon/operational", "linux-sysmon/operational");
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Oracle() {}

  /** The rows of one detection over the events of the window, in no order. */
  public static List<DetectionRow> rows(
      Detection detection, List<WindowsEvent> events, Window window) {
    return events.stream()
        .filter(event -> sysmon(event) && event.eventId() == DNS_QUERY)
        .filter(event -> window.contains(event.time()))
        .filter(event -> Key.fields(event).stream().noneMatch(Oracle::missing))
        .filter(
            event -> detection.matches(event.data().get("QueryName"), event.data().get("Image")))
        .collect(
            groupingBy(
                Key::of, mapping(WindowsEvent::time, collectingAndThen(toList(), Stats::of))))
        .entrySet()
        .stream()
        .map(group -> group.getKey().row(detection, group.getValue()))
        .toList();
  }

  /** The rows of both detections. */
  public static List<DetectionRow> rows(List<WindowsEvent> events, Window window) {
    List<DetectionRow> rows = new ArrayList<>();
    for (Detection detection : Detection.values()) {
      rows.addAll(rows(detection, events, window));
    }
    return rows;
  }

  /**
   * How many events of the window one detection would count if they did not lack a by-field, by the
   * names of what they lack.
   */
  static Map<String, Long> lacking(Detection detection, List<WindowsEvent> events, Window window) {
    return events.stream()
        .filter(event -> sysmon(event) && event.eventId() == DNS_QUERY)
        .filter(event -> window.contains(event.time()))
        .filter(
            event ->
                detection.matches(
                    event.data().getOrDefault("QueryName", ""),
                    event.data().getOrDefault("Image", "")))
        .map(Oracle::lacking)
        .filter(lacking -> !lacking.isEmpty())
        .collect(groupingBy(lacking -> lacking, TreeMap::new, counting()));
  }

  private static String lacking(WindowsEvent event) {
    List<String> lacking = new ArrayList<>();
    for (String name :
        List.of("Image", "QueryName", "QueryStatus", "process_name", "QueryResults")) {
      if (missing(event.data().get(name.equals("process_name") ? "Image" : name))) {
        lacking.add(name);
      }
    }
    if (missing(event.computer())) {
      lacking.add("dest");
    }
    return String.join(", ", lacking);
  }

  private static boolean sysmon(WindowsEvent event) {
    return among(PROVIDERS, event.provider()) || among(CHANNELS, event.channel());
  }

  private static boolean among(Set<String> lowerCase, String value) {
    return value != null && lowerCase.contains(value.toLowerCase(Locale.ROOT));
  }

  private static boolean missing(String value) {
    return value == null || value.isEmpty();
  }

  /** The by-fields, as logged but for process_name. */
  private record Key(
      String image,
      String queryName,
      String queryStatus,
      String processName,
      String queryResults,
      String computer) {

    /** What must be there for an event to be counted; process_name is there when Image is. */
    static List<String> fields(WindowsEvent event) {
      List<String> fields = new ArrayList<>();
      for (String name : List.of("Image", "QueryName", "QueryStatus", "QueryResults")) {
        fields.add(event.data().get(name));
      }
      fields.add(event.computer());
      return fields;
    }

    static Key of(WindowsEvent event) {
      String image = event.data().get("Image");
      return new Key(
          image,
          event.data().get("QueryName"),
          event.data().get("QueryStatus"),
          ImagePath.processName(ImagePath.normalised(image)),
          event.data().get("QueryResults"),
          event.computer());
    }

    DetectionRow row(Detection detection, Stats stats) {
      return new DetectionRow(
          detection.fileName(),
          image,
          queryName,
          queryStatus,
          processName,
          queryResults,
          computer,
          stats.count,
          CTIME.format(stats.first),
          CTIME.format(stats.last),
          stats.first,
          stats.last,
          stats.activity);
    }
  }

  private record Stats(long count, Instant first, Instant last, List<DetectionRow.Day> activity) {

    static Stats of(List<Instant> times) {
      List<Instant> sorted = times.stream().sorted().toList();
      TreeMap<LocalDate, List<Instant>> days =
          sorted.stream()
              .collect(
                  groupingBy(
                      time -> time.atOffset(ZoneOffset.UTC).toLocalDate(), TreeMap::new, toList()));
      List<DetectionRow.Day> activity =
          days.entrySet().stream()
              .map(
                  day ->
                      new DetectionRow.Day(
                          day.getKey(), day.getValue().get(0), day.getValue().size()))
              .toList();
      return new Stats(sorted.size(), sorted.get(0), sorted.get(sorted.size() - 1), activity);
    }
  }
}
