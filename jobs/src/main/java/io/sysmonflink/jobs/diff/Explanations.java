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

  private final SearchedDetection searched;
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
      SearchedDetection searched,
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
      known.add(KnownDifference.TIME_RANGE);
    }
    return known;
  }

  List<KnownDifference> ofOnlyHere(ResultRow row) {
    List<KnownDifference> known = new ArrayList<>();
    if (searched.matchesPaths() && paths.areChanged(row.key())) {
      known.add(KnownDifference.PATH);
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

  /** Of a column in which a pair differs. */
  List<KnownDifference> ofColumn(String column, Pairing.Pair pair) {
    ResultRow splunk = pair.splunk();
    ResultRow here = pair.here();
    return switch (column) {
      case PathNames.PROCESS_NAME -> List.of(KnownDifference.PROCESS_NAME);
      case "firstTime" ->
          ofTime(splunk.firstTime(), here.firstTime(), isBeforeRange(splunk.firstTime()));
      case "lastTime" ->
          ofTime(splunk.lastTime(), here.lastTime(), isAfterRange(splunk.lastTime()));
      case "count" ->
          isBeforeRange(splunk.firstTime()) || isAfterRange(splunk.lastTime())
              ? List.of(KnownDifference.TIME_RANGE)
              : List.of();
      default -> List.of();
    };
  }

  private List<KnownDifference> ofTime(ResultTime splunk, ResultTime here, boolean outside) {
    if (shift.filter(s -> s.explains(splunk, here)).isPresent()) {
      return List.of(KnownDifference.TIME_ZONE);
    }
    return outside ? List.of(KnownDifference.TIME_RANGE) : List.of();
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
