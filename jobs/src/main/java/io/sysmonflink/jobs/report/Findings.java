package io.sysmonflink.jobs.report;

/**
 * What one detection found.
 *
 * @param matchedEvents events that the search matched
 * @param matchedRows the groups that they fall into
 * @param rows the groups that passed the filter, and {@code --dest} if given
 * @param events the events in these
 */
record Findings(long matchedEvents, long matchedRows, long rows, long events) {

  static final Findings NONE = new Findings(0, 0, 0, 0);

  Findings matched(long moreRows, long moreEvents) {
    return new Findings(matchedEvents + moreEvents, matchedRows + moreRows, rows, events);
  }

  Findings plusRow(long rowEvents) {
    return new Findings(matchedEvents, matchedRows, rows + 1, events + rowEvents);
  }
}
