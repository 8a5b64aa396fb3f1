package io.sysmonflink.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.pipeline.DetectionPipeline.Assembled;
import io.sysmonflink.jobs.regression.TestData;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Test;

class LiveJobTest {

  private static final String DETECTION = "windows_abused_web_services";
  private static final String OF_OTHER_EVENTS = "run_key_starts_a_program_of_a_user_folder";

  @Test
  void operatorsKeepTheirIdsWhateverDetectionsRunBesideThem() {
    SqlFiles more = SqlFiles.bundled().overlay(TestData.packSql());

    List<String> alone = ids(Catalog.load(SqlFiles.bundled()), List.of(DETECTION));
    List<String> both = ids(Catalog.load(more), List.of(OF_OTHER_EVENTS, DETECTION));

    assertThat(alone)
        .contains(
            "KafkaSource-default_catalog.default_database.windows_events",
            "detection_results_windows_abused_web_services/GroupAggregate",
            "detection_results_windows_abused_web_services/Sink",
            "risk_events",
            "risk_events/Sink",
            "dead_letter/Sink");
    assertThat(both).doesNotHaveDuplicates().containsAll(alone);
  }

  private static List<String> ids(Catalog catalog, List<String> detections) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    StreamTableEnvironment tables = StreamTableEnvironment.create(env, Mode.LIVE.settings());
    RunOptions options = LiveOptions.of(catalog, detections);
    Assembled run = new DetectionPipeline(tables, catalog, options).assemble();
    ((StreamStatementSet) run.statements()).attachAsDataStream();
    LiveJob.giveIds(env.getTransformations(), run.results());
    return env.getTransformations().stream()
        .flatMap(sink -> sink.getTransitivePredecessors().stream())
        .distinct()
        .<String>flatMap(LiveJobTest::id)
        .toList();
  }

  private static Stream<String> id(Transformation<?> operator) {
    return Stream.ofNullable(operator.getUid());
  }
}
