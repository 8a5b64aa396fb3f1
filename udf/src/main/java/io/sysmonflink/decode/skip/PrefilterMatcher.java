package io.sysmonflink.decode.skip;

import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TextColumn;
import io.sysmonflink.decode.skip.Prefilter.Alternative;
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
public final class PrefilterMatcher {

  /** What an alternative asks of one column. */
  private record TextCondition(TextColumn column, WildcardPatterns patterns) {

    boolean holds(EventFields event) {
      return patterns.anyMatches(column.of(event));
    }
  }

  private static final class CompiledAlternative {

    private final EventIds ids;
    private final TextCondition[] conditions;

    CompiledAlternative(EventIds ids, List<TextCondition> conditions) {
      this.ids = ids;
      this.conditions = conditions.toArray(TextCondition[]::new);
    }

    boolean holds(EventFields event) {
      if (!ids.isWanted(event.eventCode())) {
        return false;
      }
      for (TextCondition condition : conditions) {
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
    private final TextCondition any;

    private final CompiledAlternative[] alternatives;

    Group(TextCondition any, List<CompiledAlternative> alternatives) {
      this.any = any;
      this.alternatives = alternatives.toArray(CompiledAlternative[]::new);
    }

    boolean holds(EventFields event) {
      if (any != null && !any.holds(event)) {
        return false;
      }
      for (CompiledAlternative alternative : alternatives) {
        if (alternative.holds(event)) {
          return true;
        }
      }
      return false;
    }
  }

  /** None where everything passes. */
  private final Group[] groups;

  public PrefilterMatcher(Prefilter prefilter, EventColumns columns) {
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
    List<CompiledAlternative> compiled =
        alternatives.stream().map(one -> compiled(one, columns)).toList();
    List<String> all =
        alternatives.stream()
            .filter(alternative -> !first.isEmpty())
            .flatMap(alternative -> alternative.patterns().get(first).stream())
            .distinct()
            .toList();
    return new Group(first.isEmpty() ? null : condition(first, all, columns), compiled);
  }

  private static CompiledAlternative compiled(Alternative alternative, EventColumns columns) {
    List<TextCondition> conditions = new ArrayList<>();
    alternative
        .patterns()
        .forEach((column, patterns) -> conditions.add(condition(column, patterns, columns)));
    return new CompiledAlternative(alternative.ids(), conditions);
  }

  private static TextCondition condition(
      String column, List<String> patterns, EventColumns columns) {
    return new TextCondition(new TextColumn(column, columns), WildcardPatterns.of(patterns));
  }

  /** Whether an event meets one of the alternatives. */
  public boolean passes(EventFields event) {
    for (Group group : groups) {
      if (group.holds(event)) {
        return true;
      }
    }
    return groups.length == 0;
  }
}
