package io.sysmonflink.format;

import io.sysmonflink.format.Prefilter.Alternative;
import io.sysmonflink.wildcards.WildcardPatterns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which events a {@link Prefilter} lets pass. Alternatives that look at the same column first
 * are asked together, with the patterns of all: so a hundred detections cost little more than one
 * where none of them finds anything.
 */
final class Candidates {

  /** What an alternative asks of one column. */
  private record Condition(TextColumn column, WildcardPatterns patterns) {

    boolean holds(EventFields event) {
      return patterns.anyMatches(column.of(event));
    }
  }

  private static final class Choice {

    private final EventIds ids;
    private final Condition[] conditions;

    Choice(EventIds ids, List<Condition> conditions) {
      this.ids = ids;
      this.conditions = conditions.toArray(Condition[]::new);
    }

    boolean holds(EventFields event) {
      if (!ids.isWanted(event.eventCode)) {
        return false;
      }
      for (Condition condition : conditions) {
        if (!condition.holds(event)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Alternatives that look at the same column first. */
  private static final class Group {

    /** What one of them asks of that column; null for those that look at none. */
    private final Condition any;

    private final Choice[] choices;

    Group(Condition any, List<Choice> choices) {
      this.any = any;
      this.choices = choices.toArray(Choice[]::new);
    }

    boolean holds(EventFields event) {
      if (any != null && !any.holds(event)) {
        return false;
      }
      for (Choice choice : choices) {
        if (choice.holds(event)) {
          return true;
        }
      }
      return false;
    }
  }

  /** None where everything passes. */
  private final Group[] groups;

  Candidates(Prefilter prefilter, EventColumns columns) {
    Map<String, List<Alternative>> byFirst = new LinkedHashMap<>();
    for (Alternative alternative : prefilter.alternatives()) {
      String first = alternative.patterns().keySet().stream().findFirst().orElse("");
      byFirst.computeIfAbsent(first, column -> new ArrayList<>()).add(alternative);
    }
    groups =
        byFirst.entrySet().stream()
            .map(entry -> group(entry.getKey(), entry.getValue(), columns))
            .toArray(Group[]::new);
  }

  private static Group group(String first, List<Alternative> alternatives, EventColumns columns) {
    List<Choice> choices = alternatives.stream().map(one -> choice(one, columns)).toList();
    List<String> all =
        alternatives.stream()
            .filter(alternative -> !first.isEmpty())
            .flatMap(alternative -> alternative.patterns().get(first).stream())
            .distinct()
            .toList();
    return new Group(first.isEmpty() ? null : condition(first, all, columns), choices);
  }

  private static Choice choice(Alternative alternative, EventColumns columns) {
    List<Condition> conditions = new ArrayList<>();
    alternative
        .patterns()
        .forEach((column, patterns) -> conditions.add(condition(column, patterns, columns)));
    return new Choice(alternative.ids(), conditions);
  }

  private static Condition condition(String column, List<String> patterns, EventColumns columns) {
    return new Condition(new TextColumn(column, columns), WildcardPatterns.of(patterns));
  }

  /** Whether an event meets one of the alternatives. */
  boolean has(EventFields event) {
    for (Group group : groups) {
      if (group.holds(event)) {
        return true;
      }
    }
    return groups.length == 0;
  }
}
