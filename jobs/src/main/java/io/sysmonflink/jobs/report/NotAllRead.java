package io.sysmonflink.jobs.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a run that is done did not read, and whether its exit status says so. */
final class NotAllRead {

  private final FailOn failOn;

  /** What holds, in words, in the order of the constants. */
  private final Map<Shortfall, String> reasons = new EnumMap<>(Shortfall.class);

  /**
   * Takes what the run counted. A source that counts nothing has read nothing.
   *
   * @param unreadableFiles files in which nothing was readable
   * @param faults files that could not be read to their end, and those that changed
   * @param unfilled events without their fields, or without provider and channel
   * @param lacking events that lack what a search groups by
   */
  NotAllRead(
      ScanTotals scan,
      int unreadableFiles,
      FileFaults faults,
      long unfilled,
      long lacking,
      FailOn failOn) {
    this.failOn = failOn;
    long dead = scan.deadLetterCount();
    if (scan.bytes() > 0 && scan.records() == dead) {
      reasons.put(Shortfall.NO_EVENTS, "no record could be read as a Windows event");
    }
    List<String> unreadable = new ArrayList<>();
    if (unreadableFiles > 0) {
      unreadable.add("nothing was readable in " + RunSummary.plural(unreadableFiles, "file"));
    }
    if (faults.unreadable() > 0) {
      unreadable.add(
          RunSummary.plural(faults.unreadable(), "file") + " could not be read, or not to the end");
    }
    if (!unreadable.isEmpty()) {
      reasons.put(Shortfall.UNREADABLE_FILE, String.join(", and ", unreadable));
    }
    if (faults.changed() > 0) {
      reasons.put(
          Shortfall.CHANGED_FILE,
          RunSummary.plural(faults.changed(), "file") + " changed after the listing");
    }
    if (failOn.isTooMany(dead, scan.records())) {
      reasons.put(
          Shortfall.DEAD_LETTERS,
          "dead letters among %s: %,d"
              .formatted(RunSummary.plural(scan.records(), "record"), dead));
    }
    if (unfilled + lacking > 0) {
      reasons.put(
          Shortfall.UNFILLED,
          "events without what a search needs: %,d".formatted(unfilled + lacking));
    }
  }

  /** All that holds, whatever the exit status says. */
  List<Shortfall> shortfalls() {
    return List.copyOf(reasons.keySet());
  }

  /** What the exit status says. */
  Optional<String> failure() {
    List<String> counted = new ArrayList<>();
    reasons.forEach(
        (shortfall, reason) -> {
          if (failOn.shortfalls().contains(shortfall)) {
            counted.add(reason + " (" + shortfall.label() + ")");
          }
        });
    return counted.isEmpty()
        ? Optional.empty()
        : Optional.of(counted.stream().collect(Collectors.joining("; ")));
  }
}
