package io.sysmonflink.jobs.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Which row of Splunk is which row here. Rows with equal keys are pairs; of several with the same
 * key (an export that was appended to), those that are equal in all else first. What is left over
 * is paired again by the key that normalising paths gives Splunk's row. Time O(n log n).
 */
final class Pairing {

  /** Two rows that are the same finding. */
  record Pair(ResultRow splunk, ResultRow here) {}

  /** The rows of one key. */
  private record Group(List<ResultRow> splunk, List<ResultRow> here) {}

  private final List<Pair> pairs = new ArrayList<>();
  private List<ResultRow> onlyInSplunk;
  private List<ResultRow> onlyHere;

  Pairing(List<ResultRow> splunk, List<ResultRow> here, PathNames paths) {
    onlyInSplunk = splunk;
    onlyHere = here;
    pair(UnaryOperator.identity());
    if (!onlyInSplunk.isEmpty() && !onlyHere.isEmpty()) {
      pair(paths::here);
    }
  }

  List<Pair> pairs() {
    return pairs;
  }

  /** In the order of their keys, as are the others. */
  List<ResultRow> onlyInSplunk() {
    return onlyInSplunk;
  }

  List<ResultRow> onlyHere() {
    return onlyHere;
  }

  private void pair(UnaryOperator<RowKey> keyOfSplunk) {
    SortedMap<RowKey, Group> groups = new TreeMap<>();
    for (ResultRow row : onlyInSplunk) {
      group(groups, keyOfSplunk.apply(row.key())).splunk.add(row);
    }
    for (ResultRow row : onlyHere) {
      group(groups, row.key()).here.add(row);
    }
    onlyInSplunk = new ArrayList<>();
    onlyHere = new ArrayList<>();
    groups.values().forEach(this::pair);
  }

  private static Group group(SortedMap<RowKey, Group> groups, RowKey key) {
    return groups.computeIfAbsent(key, k -> new Group(new ArrayList<>(1), new ArrayList<>(1)));
  }

  private void pair(Group group) {
    if (group.splunk.size() + group.here.size() > 2) {
      pairEqual(group);
    }
    int both = Math.min(group.splunk.size(), group.here.size());
    for (int i = 0; i < both; i++) {
      pairs.add(new Pair(group.splunk.get(i), group.here.get(i)));
    }
    onlyInSplunk.addAll(group.splunk.subList(both, group.splunk.size()));
    onlyHere.addAll(group.here.subList(both, group.here.size()));
  }

  /** Takes the pairs that are equal in all values out of the group. */
  private void pairEqual(Group group) {
    group.splunk.sort(ResultRow.BY_VALUES);
    group.here.sort(ResultRow.BY_VALUES);
    List<ResultRow> splunk = List.copyOf(group.splunk);
    List<ResultRow> here = List.copyOf(group.here);
    group.splunk.clear();
    group.here.clear();
    int s = 0;
    int h = 0;
    while (s < splunk.size() && h < here.size()) {
      int order = ResultRow.BY_VALUES.compare(splunk.get(s), here.get(h));
      if (order == 0) {
        pairs.add(new Pair(splunk.get(s++), here.get(h++)));
      } else if (order < 0) {
        group.splunk.add(splunk.get(s++));
      } else {
        group.here.add(here.get(h++));
      }
    }
    group.splunk.addAll(splunk.subList(s, splunk.size()));
    group.here.addAll(here.subList(h, here.size()));
  }
}
