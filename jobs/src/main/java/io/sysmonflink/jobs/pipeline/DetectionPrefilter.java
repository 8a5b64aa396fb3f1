package io.sysmonflink.jobs.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sysmonflink.decode.skip.Prefilter;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.Requirements;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.table.types.logical.RowType;

/**
 * The prefilter of a run's source: what its detections require of an event. A detection whose text
 * does not prove that it requires anything lets every event pass.
 */
final class DetectionPrefilter {

  private final SqlFiles files;
  private final Function<SqlFile, String> render;

  /**
   * @param render gives a file's SQL with its keys replaced
   */
  DetectionPrefilter(SqlFiles files, Function<SqlFile, String> render) {
    this.files = files;
    this.render = render;
  }

  /**
   * As {@link Prefilter} is written.
   *
   * @param source the columns of the source's table
   * @return blank where every event passes
   */
  String of(List<Detection> detections, RowType source) {
    Set<String> relations = relations();
    Set<String> events = events(relations);
    List<Map<String, List<?>>> alternatives = new ArrayList<>();
    for (Detection detection : detections) {
      Requirements required = Requirements.of(render.apply(detection.query()), events, relations);
      Map<String, List<?>> alternative = new LinkedHashMap<>();
      if (!required.eventCodes().isEmpty()) {
        alternative.put(Prefilter.EVENT_CODE, List.copyOf(required.eventCodes()));
      }
      required
          .patterns()
          .forEach(
              (column, patterns) -> {
                if (Prefilter.canTest(source, column)) {
                  alternative.put(column, patterns);
                }
              });
      if (alternative.isEmpty()) {
        return "";
      }
      alternatives.add(alternative);
    }
    return json(alternatives);
  }

  private Set<String> relations() {
    Set<String> relations = new HashSet<>(Set.of(EventTables.SOURCE_TABLE));
    for (String folder : List.of("schema", "macros", "detections", "filters")) {
      files.in(folder, ".sql").forEach(file -> relations.add(file.name()));
    }
    return relations;
  }

  /** The source, and each macro that only chooses from it or from a macro before. */
  private Set<String> events(Set<String> relations) {
    Set<String> events = new HashSet<>(Set.of(EventTables.SOURCE_TABLE));
    for (SqlFile macro : files.in("macros", ".sql")) {
      if (Requirements.keepsFields(render.apply(macro), events, relations)) {
        events.add(macro.name());
      }
    }
    return events;
  }

  private static String json(List<?> alternatives) {
    try {
      return new JsonMapper().writeValueAsString(alternatives);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lists of texts and numbers", e);
    }
  }
}
