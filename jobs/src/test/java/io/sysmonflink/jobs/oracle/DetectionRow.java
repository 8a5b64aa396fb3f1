package io.sysmonflink.jobs.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** One result row, without the bounds of the search: those are the run's, not the row's. */
public record DetectionRow(
    String detection,
    String image,
    String queryName,
    String queryStatus,
    String processName,
    String queryResults,
    String dest,
    long count,
    String firstTime,
    String lastTime,
    Instant firstSeen,
    Instant lastSeen,
    List<Day> activity) {

  /** The matches of one UTC day. */
  public record Day(LocalDate day, Instant firstTime, long count) {}

  /** What a row becomes when the same events are logged once more. */
  public DetectionRow plus(DetectionRow again) {
    List<Day> days = new ArrayList<>();
    for (int i = 0; i < activity.size(); i++) {
      Day day = activity.get(i);
      days.add(new Day(day.day(), day.firstTime(), day.count() + again.activity.get(i).count()));
    }
    return new DetectionRow(
        detection,
        image,
        queryName,
        queryStatus,
        processName,
        queryResults,
        dest,
        count + again.count,
        firstTime,
        lastTime,
        firstSeen,
        lastSeen,
        days);
  }

  /** The row that a JSON object shows; a field that should be there and is not is an error. */
  public static DetectionRow of(JsonNode json) {
    List<Day> activity = new ArrayList<>();
    for (JsonNode day : json.required("activity")) {
      activity.add(
          new Day(
              LocalDate.parse(text(day, "day")),
              Instant.parse(text(day, "firstTime")),
              day.required("count").longValue()));
    }
    return new DetectionRow(
        text(json, "detection"),
        text(json, "Image"),
        text(json, "QueryName"),
        text(json, "QueryStatus"),
        text(json, "process_name"),
        text(json, "QueryResults"),
        text(json, "dest"),
        json.required("count").longValue(),
        text(json, "firstTime"),
        text(json, "lastTime"),
        Instant.parse(text(json, "first_seen")),
        Instant.parse(text(json, "last_seen")),
        activity);
  }

  /** The detection and its by-fields, in their order. */
  List<String> key() {
    return List.of(detection, image, queryName, queryStatus, processName, queryResults, dest);
  }

  private static String text(JsonNode json, String field) {
    return json.required(field).textValue();
  }
}
