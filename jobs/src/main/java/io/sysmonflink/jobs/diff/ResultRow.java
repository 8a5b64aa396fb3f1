package io.sysmonflink.jobs.diff;

import java.util.Comparator;

/**
 * A row of the results, of either side.
 *
 * @param line where it begins in the export, from 1; 0 for a row from here
 */
record ResultRow(RowKey key, long count, ResultTime firstTime, ResultTime lastTime, long line) {

  /** By what is not the key. */
  static final Comparator<ResultRow> BY_VALUES =
      Comparator.comparingLong(ResultRow::count)
          .thenComparing(ResultRow::firstTime)
          .thenComparing(ResultRow::lastTime);
}
