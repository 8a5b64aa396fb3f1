package io.sysmonflink.jobs.report;

import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Says in words why a detection has no result, so that silence is not taken for safety. */
final class NothingFound {

  private final ScanTotals scan;
  private final boolean counted;
  private final SearchWindow window;

  /**
   * @param counted whether the source counted what it read
   */
  NothingFound(ScanTotals scan, boolean counted, SearchWindow window) {
    this.scan = scan;
    this.counted = counted;
    this.window = window;
  }

  /** The first of the reasons that holds. */
  String reason(Detection detection, Findings findings) {
    if (isForLackOfFields(findings)) {
      return findings.lackingInWords();
    }
    if (findings.matchedRows() > 0) {
      return "all %s that matched were filtered away, by %s or by --dest"
          .formatted(
              RunSummary.plural(findings.matchedRows(), "row"), detection.filter().display());
    }
    if (!counted) {
      return "no event matched the search within the time range from %s to %s; only metrics show what was read"
          .formatted(window.earliest(), window.latest());
    }
    if (scan.records() == 0) {
      return "no record was read: the input is empty";
    }
    if (scan.deadLetterCount() == scan.records()) {
      return "no record was readable: all %,d went to the dead letters: %s"
          .formatted(scan.records(), ScanTotals.listed(scan.deadLetters()));
    }
    if (scan.decoded() == 0) {
      return "no event of id %s among %s; ids seen: %s"
          .formatted(
              ids(detection.metadata().eventCodes()),
              RunSummary.plural(scan.records(), "record"),
              ScanTotals.listed(scan.skipped()));
    }
    if (isOutside(scan.oldest(), scan.newest())) {
      return "all %s lie outside the time range from %s to %s: the oldest is of %s, the newest of %s"
          .formatted(
              RunSummary.plural(scan.decoded(), "decoded event"),
              window.earliest(),
              window.latest(),
              scan.oldest(),
              scan.newest());
    }
    return "none of %s matched the search within the time range from %s to %s; their providers: %s;"
            .formatted(
                RunSummary.plural(scan.decoded(), "decoded event"),
                window.earliest(),
                window.latest(),
                ScanTotals.listed(scan.providers()))
        + " the oldest is of %s, the newest of %s".formatted(scan.oldest(), scan.newest());
  }

  /** Whether there would be results if events had all that the search groups by. */
  static boolean isForLackOfFields(Findings findings) {
    return findings.matchedRows() == 0 && findings.lackingCount() > 0;
  }

  private boolean isOutside(Instant oldest, Instant newest) {
    return newest.isBefore(window.earliest()) || !oldest.isBefore(window.latest());
  }

  private static String ids(List<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(" or "));
  }
}
