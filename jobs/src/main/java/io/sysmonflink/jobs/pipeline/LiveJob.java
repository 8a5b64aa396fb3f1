package io.sysmonflink.jobs.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;

/**
 * Starts a live job with what Flink's planner leaves open: a slot sharing group, and for each
 * operator an id that stays when detections come and go.
 *
 * <p>Flink finds an operator's state in a savepoint by its id. Without one it takes the operator's
 * place in the job, and the planner's own ids count through the plan: either changes with every
 * detection that is added. Here an operator is told by the only table of results that it feeds, or
 * else by the only other output. One that feeds several has no id of its own; only sources have
 * state there, and they are told by their name.
 */
public final class LiveJob {

  /** The planner's number of a node, which its operators carry in their names. */
  private static final String NUMBER = "\\[\\d+]";

  private LiveJob() {}

  /**
   * Starts it without waiting for it.
   *
   * @param env in which the statements were made
   * @param slotSharingGroup of all operators; Flink's default where there is none
   */
  public static JobClient start(
      StreamExecutionEnvironment env, StatementSet statements, Optional<String> slotSharingGroup)
      throws Exception {
    ((StreamStatementSet) statements).attachAsDataStream();
    List<Transformation<?>> sinks = env.getTransformations();
    giveIds(sinks);
    slotSharingGroup.ifPresent(
        group ->
            sinks.stream()
                .flatMap(sink -> sink.getTransitivePredecessors().stream())
                .forEach(operator -> operator.setSlotSharingGroup(group)));
    return env.executeAsync(env.getStreamGraph(false));
  }

  /** Gives every operator its id that has none, if it is to have one. */
  static void giveIds(List<Transformation<?>> sinks) {
    Map<Transformation<?>, SortedSet<String>> outputs = new HashMap<>();
    List<Transformation<?>> operators = new ArrayList<>();
    for (Transformation<?> sink : sinks) {
      for (Transformation<?> operator : sink.getTransitivePredecessors()) {
        if (operator instanceof PhysicalTransformation) {
          outputs.computeIfAbsent(operator, one -> addTo(operators, one)).add(name(sink));
        }
      }
    }
    Map<String, Integer> taken = new HashMap<>();
    for (Transformation<?> operator : operators) {
      if (operator.getUid() == null) {
        id(operator, outputs.get(operator))
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

  private static Optional<String> id(Transformation<?> operator, SortedSet<String> outputs) {
    if (operator.getInputs().isEmpty()) {
      return Optional.of(name(operator));
    }
    if (outputs.contains(name(operator))) {
      return Optional.of(name(operator) + "/Sink");
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
