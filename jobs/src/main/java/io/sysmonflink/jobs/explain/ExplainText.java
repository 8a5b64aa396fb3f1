package io.sysmonflink.jobs.explain;

import io.sysmonflink.jobs.explain.Explained.DeadLetter;
import io.sysmonflink.jobs.explain.Explained.Event;
import io.sysmonflink.jobs.explain.Explained.OfDetection;
import io.sysmonflink.jobs.report.Printable;
import io.sysmonflink.jobs.report.TextTable;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A record for people: a line that says what it is, and below it each detection and each of its
 * conditions, marked {@code +} where it holds and {@code -} where not.
 */
final class ExplainText implements ExplainReport.Form {

  private static final int MAX_VALUE = 120;
  private static final String PRESENT = " IS NOT NULL";

  @Override
  public String print(Explained record) {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    text.add(
        Printable.line(
            "%s at %,d: %s".formatted(record.source(), record.position(), what(record))));
    if (record.deadLetter().isPresent()) {
      DeadLetter dead = record.deadLetter().get();
      text.add("  it begins with " + Printable.line(dead.beginning()));
    } else if (!record.macro().verdict().holds()) {
      text.add(
          "  no detection sees it: the macro %s takes it out".formatted(record.macro().name()));
      addFailed(text, record.macro().verdict());
    } else {
      record.detections().forEach(detection -> add(text, record, detection));
    }
    return text.toString();
  }

  private static String what(Explained record) {
    Event event = record.event();
    return record
        .deadLetter()
        .map(dead -> "dead letter, %s: %s".formatted(dead.errorType(), dead.errorMessage()))
        .orElseGet(
            () ->
                "event %d of %s on %s, %s"
                    .formatted(
                        event.eventCode(),
                        shown(event.provider() == null ? event.channel() : event.provider()),
                        shown(event.computer()),
                        event.time()));
  }

  private static void add(StringJoiner text, Explained record, OfDetection detection) {
    String name = detection.detection().name();
    if (!detection.reads(record.event())) {
      String ids =
          detection.detection().metadata().eventCodes().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      text.add("  %s: no match: it reads events of id %s only".formatted(name, ids));
      return;
    }
    text.add("  %s: %s".formatted(name, outcome(detection)));
    addAll(text, detection.search(), detection.byFields());
    if (detection.search().holds()) {
      detection
          .filter()
          .ifPresent(
              filter -> {
                text.add("    " + detection.detection().filter().display());
                addAll(text, filter, Set.of());
              });
    }
  }

  private static String outcome(OfDetection detection) {
    if (!detection.search().holds()) {
      return "no match";
    }
    return detection
        .filter()
        .map(
            filter ->
                filter.holds()
                    ? "match, and the filter lets it pass"
                    : filter.isDecided()
                        ? "match, but the filter takes it away"
                        : "match; the filter asks for more than one event can tell")
        .orElse("match");
  }

  private static void addAll(StringJoiner text, Verdict verdict, Set<String> byFields) {
    if (verdict.parts().isEmpty() || verdict.condition().equals("one of")) {
      add(text, "    ", verdict, byFields);
    } else {
      verdict.parts().forEach(part -> add(text, "    ", part, byFields));
    }
  }

  private static void addFailed(StringJoiner text, Verdict verdict) {
    List<Verdict> parts = verdict.parts().isEmpty() ? List.of(verdict) : verdict.parts();
    parts.stream().filter(part -> !part.holds()).forEach(part -> add(text, "    ", part, Set.of()));
  }

  private static void add(StringJoiner text, String indent, Verdict verdict, Set<String> byFields) {
    if (verdict.holds() && verdict.condition().endsWith(PRESENT)) {
      return; // that a by-field is there need not be told
    }
    String mark = verdict.holds() ? "+ " : verdict.isDecided() ? "- " : "? ";
    text.add(indent + mark + Printable.line(told(verdict, byFields)));
    verdict.parts().forEach(part -> add(text, indent + "  ", part, byFields));
  }

  private static String told(Verdict verdict, Set<String> byFields) {
    if (!verdict.parts().isEmpty()) {
      return verdict.condition();
    }
    String condition = verdict.condition();
    if (condition.endsWith(PRESENT)
        && byFields.contains(condition.substring(0, condition.length() - PRESENT.length()))) {
      return condition + ": missing, and stats drops an event without a by-field";
    }
    if (!verdict.isDecided() && verdict.values().isEmpty()) {
      return condition + ": is told by the result row only";
    }
    return condition + ": " + values(verdict);
  }

  private static String values(Verdict verdict) {
    if (verdict.values().size() == 1) {
      String value = verdict.values().values().iterator().next();
      boolean list = verdict.condition().endsWith(" IN (...)");
      return shown(value)
          + (!verdict.matching().isEmpty()
              ? " matches " + String.join(", ", verdict.matching())
              : list && value != null ? " matches none" : "");
    }
    return verdict.values().entrySet().stream()
        .map(value -> value.getKey() + " is " + shown(value.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String shown(String value) {
    return value == null ? "missing" : TextTable.shortened(value, MAX_VALUE);
  }
}
