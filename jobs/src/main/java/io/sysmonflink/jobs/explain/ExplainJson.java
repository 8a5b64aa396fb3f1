package io.sysmonflink.jobs.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sysmonflink.jobs.explain.Explained.DeadLetter;
import io.sysmonflink.jobs.explain.Explained.Event;
import io.sysmonflink.jobs.explain.Explained.OfDetection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A record for programs, as one line of JSON, values whole. */
final class ExplainJson implements ExplainReport.Form {

  private final JsonMapper json = new JsonMapper();

  @Override
  public String print(Explained record) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("source", record.source());
    line.put("position", record.position());
    if (record.deadLetter().isPresent()) {
      line.put("dead_letter", deadLetter(record.deadLetter().get()));
    } else {
      line.put("event", event(record.event()));
      line.put(record.macro().name(), verdict(record.macro().verdict()));
      line.put("detections", record.detections().stream().map(d -> detection(record, d)).toList());
    }
    try {
      return json.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> deadLetter(DeadLetter dead) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("error_type", dead.errorType());
    map.put("error_message", dead.errorMessage());
    map.put("begins_with", dead.beginning());
    return map;
  }

  private static Map<String, Object> event(Event event) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("EventCode", event.eventCode());
    map.put("_time", Objects.toString(event.time(), null));
    map.put("Provider", event.provider());
    map.put("Channel", event.channel());
    map.put("Computer", event.computer());
    return map;
  }

  private static Map<String, Object> detection(Explained record, OfDetection detection) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("detection", detection.detection().name());
    map.put("matches", record.matches(detection));
    map.put("event_codes", detection.detection().metadata().eventCodes());
    map.put("search", verdict(detection.search()));
    detection.filter().ifPresent(filter -> map.put("filter", verdict(filter)));
    return map;
  }

  private static Map<String, Object> verdict(Verdict verdict) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("condition", verdict.condition());
    map.put("result", verdict.result());
    if (!verdict.values().isEmpty()) {
      map.put("values", verdict.values());
    }
    if (!verdict.matching().isEmpty()) {
      map.put("matching", verdict.matching());
    }
    if (!verdict.parts().isEmpty()) {
      map.put("parts", verdict.parts().stream().map(ExplainJson::verdict).toList());
    }
    return map;
  }
}
