package io.sysmonflink.jobs.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a live run must write: after each event the row of its group, as the search over the 14 days
 * up to the group's newest event finds it. Computed by searching again after each event.
 */
public final class Replay {

  private static final int DAYS = 14;

  private Replay() {}

  /**
   * The rows in the order in which they must be written.
   *
   * @param events in the order in which they come
   * @param start events before it do not count
   */
  public static List<SearchedRow> of(List<WindowsEvent> events, Instant start) {
    List<SearchedRow> rows = new ArrayList<>();
    for (Detection detection : Detection.values()) {
      Map<List<String>, List<WindowsEvent>> groups = new HashMap<>();
      for (WindowsEvent event : events) {
        Window onlyIt = new Window(event.time(), event.time().plusMillis(1));
        if (event.time().isBefore(start)) {
          continue;
        }
        for (DetectionRow row : Oracle.rows(detection, List.of(event), onlyIt)) {
          List<WindowsEvent> group = groups.computeIfAbsent(row.key(), key -> new ArrayList<>());
          group.add(event);
          rows.add(search(detection, group, start));
        }
      }
    }
    return rows;
  }

  private static SearchedRow search(Detection detection, List<WindowsEvent> group, Instant start) {
    Instant newest = group.stream().map(WindowsEvent::time).max(Instant::compareTo).orElseThrow();
    Instant trailing = Window.lastDays(DAYS, newest).from();
    Window window = new Window(trailing.isBefore(start) ? start : trailing, newest.plusMillis(1));
    List<DetectionRow> rows = Oracle.rows(detection, group, window);
    if (rows.size() != 1) {
      throw new IllegalStateException("not one group: " + rows);
    }
    return new SearchedRow(rows.get(0), window);
  }
}
