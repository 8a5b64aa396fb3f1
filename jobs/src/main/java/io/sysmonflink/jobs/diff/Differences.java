package io.sysmonflink.jobs.diff;

import io.sysmonflink.jobs.pipeline.DetectionResults;
import io.sysmonflink.jobs.report.OutputFolder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an export of Splunk and the results of a run differ. Times are in UTC. */
public final class Differences {

  /** A row that the other side has not. */
  record Unpaired(ResultRow row, List<KnownDifference> known) {}

  /** A column with a value for each side. */
  record Change(String column, String splunk, String here, List<KnownDifference> known) {}

  /** A row that both sides have, with other values. */
  record Different(Pairing.Pair pair, List<Change> changes) {}

  private final String detection;
  private final SplunkExport export;
  private final RunResults run;
  private final List<String> byFields;
  private final List<Unpaired> onlyInSplunk;
  private final List<Unpaired> onlyHere;
  private final List<Different> different = new ArrayList<>();
  private final List<String> notes;
  private long same;

  private Differences(
      SearchedDetection searched,
      SplunkExport export,
      RunResults run,
      List<String> byFields,
      long deadLetters,
      ZoneId zone) {
    this.detection = searched.detection();
    this.export = export;
    this.run = run;
    this.byFields = byFields;
    PathNames paths = new PathNames(byFields);
    Pairing pairing = new Pairing(export.rows(), run.rows(), paths);
    Optional<TimeShift> shift = TimeShift.of(pairing.pairs());
    boolean cutOff = Notes.isCutOff(export.rows().size()) && !pairing.onlyHere().isEmpty();
    Explanations explanations = new Explanations(searched, run, byFields, paths, shift, cutOff);
    for (Pairing.Pair pair : pairing.pairs()) {
      addPair(pair, explanations);
    }
    onlyInSplunk =
        pairing.onlyInSplunk().stream()
            .map(row -> new Unpaired(row, explanations.ofOnlyInSplunk(row)))
            .toList();
    onlyHere =
        pairing.onlyHere().stream()
            .map(row -> new Unpaired(row, explanations.ofOnlyHere(row)))
            .toList();
    notes = Notes.of(this, shift, cutOff, deadLetters, zone);
  }

  /**
   * Compares.
   *
   * @param csv the export, of which no row has been read yet
   * @param folder what the run wrote
   * @param zone the time zone in which Splunk printed the times
   * @throws io.sysmonflink.jobs.catalog.UserError if either side cannot be read
   */
  static Differences of(SearchedDetection searched, CsvFile csv, OutputFolder folder, ZoneId zone) {
    RunResults run = RunResults.read(folder, searched.detection());
    // Without a row here the by-fields are unknown. Then every row is only in Splunk, by whatever
    // columns it has.
    List<String> byFields = run.rows().isEmpty() ? byFields(csv.header()) : run.byFields();
    SplunkExport export = SplunkExport.read(csv, byFields, zone);
    return new Differences(searched, export, run, byFields, RunResults.deadLetters(folder), zone);
  }

  private static List<String> byFields(List<String> header) {
    return header.stream()
        .filter(DetectionResults::isByField)
        .filter(column -> !column.startsWith("_") && !column.startsWith("splunk_"))
        .toList();
  }

  private void addPair(Pairing.Pair pair, Explanations explanations) {
    List<Change> changes = new ArrayList<>();
    values(pair)
        .forEach(
            (column, values) ->
                changes.add(
                    new Change(
                        column,
                        values.get(0),
                        values.get(1),
                        explanations.ofColumn(column, pair))));
    if (changes.isEmpty()) {
      same++;
    } else {
      different.add(new Different(pair, changes));
    }
  }

  /** Of the columns that differ: Splunk's value and ours. */
  private Map<String, List<String>> values(Pairing.Pair pair) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    ResultRow splunk = pair.splunk();
    ResultRow here = pair.here();
    for (int i = 0; i < byFields.size(); i++) {
      String there = splunk.key().values().get(i);
      if (!there.equals(here.key().values().get(i))) {
        values.put(byFields.get(i), List.of(there, here.key().values().get(i)));
      }
    }
    if (splunk.count() != here.count()) {
      values.put("count", List.of(String.valueOf(splunk.count()), String.valueOf(here.count())));
    }
    if (!splunk.firstTime().matches(here.firstTime())) {
      values.put("firstTime", List.of(splunk.firstTime().toString(), here.firstTime().toString()));
    }
    if (!splunk.lastTime().matches(here.lastTime())) {
      values.put("lastTime", List.of(splunk.lastTime().toString(), here.lastTime().toString()));
    }
    return values;
  }

  /** Whether both sides have the same rows with the same values. */
  public boolean none() {
    return onlyInSplunk.isEmpty() && onlyHere.isEmpty() && different.isEmpty();
  }

  String detection() {
    return detection;
  }

  SplunkExport export() {
    return export;
  }

  /** How many rows are here. */
  int rowsHere() {
    return run.rows().size();
  }

  /** The range that was searched here: from, inclusive; unknown where there are no rows. */
  Optional<Instant> earliest() {
    return Optional.ofNullable(run.earliest());
  }

  /** The range that was searched here: to, exclusive; unknown where there are no rows. */
  Optional<Instant> latest() {
    return Optional.ofNullable(run.latest());
  }

  List<String> byFields() {
    return byFields;
  }

  /** How many rows are the same on both sides. */
  long same() {
    return same;
  }

  /** In the order of their keys, as are the others. */
  List<Unpaired> onlyInSplunk() {
    return onlyInSplunk;
  }

  List<Unpaired> onlyHere() {
    return onlyHere;
  }

  List<Different> different() {
    return different;
  }

  /** What concerns the comparison as a whole, a sentence each. */
  List<String> notes() {
    return notes;
  }
}
