package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.Catalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a live run over Kafka is asked to do that is planned and never started. */
final class LiveOptions {

  private static final Map<String, String> KAFKA =
      Map.ofEntries(
          Map.entry("brokers", "localhost:1"),
          Map.entry("topic", "sysmon"),
          Map.entry("group_id", "detect"),
          Map.entry("startup_mode", "timestamp"),
          Map.entry("startup_timestamp", "0"),
          Map.entry("bounded_mode", "unbounded"),
          Map.entry("results_topic", "detection_results"),
          Map.entry("risk_topic", "risk_events"),
          Map.entry("dead_letter_topic", "dead_letter"),
          Map.entry("delivery", "at-least-once"),
          Map.entry("transactional_id_prefix", "detect"));

  private LiveOptions() {}

  static RunOptions of(Catalog catalog, List<String> detections) {
    return RunOptions.builder(Mode.LIVE)
        .detections(catalog.select(detections))
        .source("kafka")
        .sinks("kafka")
        .kafka(new KafkaSettings(KAFKA, Map.of(), Optional.empty()))
        .build();
  }
}
