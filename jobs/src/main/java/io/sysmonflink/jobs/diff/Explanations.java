package io.sysmonflink.jobs.diff;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known differences that would explain a row. */
final class Explanations {

  private static final String TEXTBIN_DETECTION = "windows_abused_web_services";

  private final Searched searched;
  private final RunResults run;
  private final List<String> byFields;
  private final PathNames paths;
  private final Optional<TimeShift> shift;
  private final boolean cutOff;

  /**
   * Takes what the explanations go by.
   *
   * @param cutOff whether the export has so many rows that it may not have them all
   */
  Explanations(
      Searched searched,
      RunResults run,
      List<String> byFields,
      PathNames paths,
      Optional<TimeShift> shift,
      boolean cutOff) {
    this.searched = searched;
    this.run = run;
    this.byFields = byFields;
    this.paths = paths;
    this.shift = shift;
    this.cutOff = cutOff;
  }

  List<KnownDifference> ofOnlyInSplunk(ResultRow row) {
    List<KnownDifference> known = new ArrayList<>();
    if (row.key().values().stream().anyMatch(String::isEmpty)) {
      known.add(KnownDifference.EMPTY_VALUE);
    }
    if (isBeforeRange(row.lastTime()) || isAfterRange(row.firstTime())) {
      known.add(KnownDifference.OUTSIDE_RANGE);
    }
    return known;
  }

  List<KnownDifference> ofOnlyHere(ResultRow row) {
    List<KnownDifference> known = new ArrayList<>();
    if (searched.matchesPaths() && paths.areChanged(row.key())) {
      known.add(KnownDifference.NORMALISED_PATH);
    }
    if (row.key().values().stream().anyMatch(value -> value.indexOf('\n') >= 0)) {
      known.add(KnownDifference.NEW_LINE);
    }
    if (searched.detection().equals(TEXTBIN_DETECTION) && isTextbin(row.key())) {
      known.add(KnownDifference.TEXTBIN);
    }
    if (cutOff && known.isEmpty()) {
      known.add(KnownDifference.CUT_OFF);
    }
    return known;
  }

  /** Of a pair that differs in these columns. */
  List<KnownDifference> ofDifferent(Pairing.Pair pair, List<String> columns) {
    List<KnownDifference> known = new ArrayList<>();
    ResultRow splunk = pair.splunk();
    if (columns.contains(PathNames.PROCESS_NAME)) {
      known.add(KnownDifference.PROCESS_NAME);
    }
    boolean shifted =
        isShifted(columns, "firstTime", splunk.firstTime(), pair.here().firstTime())
            || isShifted(columns, "lastTime", splunk.lastTime(), pair.here().lastTime());
    if (shifted) {
      known.add(KnownDifference.TIME_ZONE);
    }
    if (isBeforeRange(splunk.firstTime()) || isAfterRange(splunk.lastTime())) {
      known.add(KnownDifference.OUTSIDE_RANGE);
    }
    return known;
  }

  private boolean isShifted(
      List<String> columns, String column, ResultTime splunk, ResultTime here) {
    return columns.contains(column) && shift.filter(s -> s.explains(splunk, here)).isPresent();
  }

  private boolean isBeforeRange(ResultTime time) {
    return run.earliest() != null
        && unshifted(time)
            .isBefore(LocalDateTime.ofInstant(run.earliest(), ZoneOffset.UTC).withNano(0));
  }

  private boolean isAfterRange(ResultTime time) {
    return run.latest() != null
        && !unshifted(time).isBefore(LocalDateTime.ofInstant(run.latest(), ZoneOffset.UTC));
  }

  // What a wrong zone alone does to a time takes no row out of the range.
  private LocalDateTime unshifted(ResultTime time) {
    return time.utc().minus(shift.map(TimeShift::most).orElse(Duration.ZERO));
  }

  private boolean isTextbin(RowKey key) {
    int queryName = byFields.indexOf("QueryName");
    return queryName >= 0
        && key.values().get(queryName).toLowerCase(Locale.ROOT).contains("textbin");
  }
}
