package io.sysmonflink.format;

/**
 * Where a word occurs in a view. Keeps the next occurrence, so that records that do not have it
 * cost no search through all that follows them, each.
 */
final class Occurrences {

  static final int NONE = -1;

  private static final int NOT_SEARCHED = -2;

  private final String word;

  private String text = "";

  /** Between the two the word does not begin. */
  private int searchedFrom;

  private int next = NOT_SEARCHED;

  Occurrences(String word) {
    this.word = word;
  }

  /** Takes the next view. */
  void reset(String view) {
    text = view;
    searchedFrom = 0;
    next = NOT_SEARCHED;
  }

  /** The first at or after {@code from} that begins before {@code end}, or -1. */
  int next(int from, int end) {
    if (from < searchedFrom || (next != NONE && next < from)) {
      searchedFrom = from;
      next = text.indexOf(word, from);
    }
    return next < end ? next : NONE;
  }
}
