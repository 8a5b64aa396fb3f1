package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.pipeline.DetectionPipeline.Assembled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;

/**
 * Starts a live job with what Flink's planner leaves open: a slot sharing group, and for each
 * operator an id that stays when detections come and go.
 *
 * <p>Flink finds an operator's state in a savepoint by its id. Without one it takes the operator's
 * place in the job, and the planner's own ids count through the plan: either changes with every
 * detection that is added. Here the name of an operator is the only table of results that it feeds,
 * or else by the only other output. One that feeds several has no id of its own; only sources have
 * state there, and their names identify them.
 */
public final class LiveJob {

  /** The planner's number of a node, which its operators carry in their names. */
  private static final String NUMBER = "\\[\\d+]";

  private LiveJob() {}

  /**
   * Starts it without waiting for it.
   *
   * @param env in which the run was assembled
   * @param slotSharingGroup of all operators; Flink's default where there is none
   * @param withoutCheckpoint how long it may go on without a checkpoint; for ever where it does not
   *     say
   */
  public static JobClient start(
      StreamExecutionEnvironment env,
      Assembled run,
      Optional<String> slotSharingGroup,
      Optional<Duration> withoutCheckpoint)
      throws Exception {
    ((StreamStatementSet) run.statements()).attachAsDataStream();
    giveIds(env.getTransformations(), run.results());
    withoutCheckpoint.ifPresent(limit -> addGuard(env, limit));
    List<Transformation<?>> sinks = env.getTransformations();
    slotSharingGroup.ifPresent(
        group ->
            sinks.stream()
                .flatMap(sink -> sink.getTransitivePredecessors().stream())
                .forEach(operator -> operator.setSlotSharingGroup(group)));
    return env.executeAsync(env.getStreamGraph(false));
  }

  private static void addGuard(StreamExecutionEnvironment env, Duration limit) {
    env.fromSource(
            new CheckpointGuard(limit),
            WatermarkStrategy.noWatermarks(),
            "checkpoint guard",
            Types.INT)
        .setParallelism(1)
        .uid("checkpoint guard")
        .sinkTo(new DiscardingSink<>())
        .setParallelism(1)
        .uid("checkpoint guard/Sink");
  }

  /** Gives an id to each operator that needs one and has none. */
  static void giveIds(List<Transformation<?>> sinks, List<DetectionResults> results) {
    Map<Transformation<?>, SortedSet<String>> outputs = new HashMap<>();
    List<Transformation<?>> operators = new ArrayList<>();
    for (Transformation<?> sink : sinks) {
      String output = output(sink, results);
      for (Transformation<?> operator : sink.getTransitivePredecessors()) {
        if (operator instanceof PhysicalTransformation) {
          outputs.computeIfAbsent(operator, one -> addTo(operators, one)).add(output);
        }
      }
    }
    Map<String, Integer> taken = new HashMap<>();
    for (Transformation<?> operator : operators) {
      if (operator.getUid() == null) {
        id(operator, sinks.contains(operator), outputs.get(operator))
            .ifPresent(
                id -> {
                  int number = taken.merge(id, 1, Integer::sum);
                  operator.setUid(number == 1 ? id : id + "-" + number);
                });
      }
    }
  }

  private static SortedSet<String> addTo(
      List<Transformation<?>> operators, Transformation<?> operator) {
    operators.add(operator);
    return new TreeSet<>();
  }

  // A sink that brings its own operators, as one with a buffer does, is not named after its table;
  // but the name of the detection is a constant in the rows of a table of results.
  private static String output(Transformation<?> sink, List<DetectionResults> results) {
    String plan =
        sink.getTransitivePredecessors().stream()
            .map(Transformation::getDescription)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n"));
    return results.stream()
        .filter(result -> plan.contains(Sql.literal(result.detection().name()) + " AS detection,"))
        .map(DetectionResults::table)
        .findFirst()
        .orElse(name(sink));
  }

  private static Optional<String> id(
      Transformation<?> operator, boolean sink, SortedSet<String> outputs) {
    if (operator.getInputs().isEmpty()) {
      return Optional.of(name(operator));
    }
    if (sink) {
      return Optional.of(outputs.first() + "/Sink");
    }
    List<String> results =
        outputs.stream().filter(name -> name.startsWith(DetectionResults.TABLES)).toList();
    List<String> owners = results.isEmpty() ? List.copyOf(outputs) : results;
    return owners.size() == 1
        ? Optional.of(owners.get(0) + "/" + name(operator))
        : Optional.empty();
  }

  private static String name(Transformation<?> operator) {
    return operator.getName().replaceAll(NUMBER, "");
  }
}
