package io.sysmonflink.jobs.diff;

import java.util.Locale;

/**
 * Why a row may differ though nothing is wrong: what {@code docs/use/differences-from-splunk.md}
 * says, and what comes of searching or exporting another way.
 */
enum KnownDifference {
  PROCESS_NAME("process_name is of the normalised path here, of Image as logged in Splunk"),
  PATH("Image is matched normalised here, as logged in Splunk"),
  EMPTY_VALUE("a by-field is empty: here that is a missing field, which stats drops"),
  TIME_RANGE("Splunk searched outside the range of the run here"),
  TIME_ZONE("the times are of another time zone"),
  NEW_LINE("a value has a new line in it, which * matches here"),
  TEXTBIN("the search as published has \"\"*textbin*\"\", which is read as *textbin* here"),
  CUT_OFF("the export may be cut off");

  private final String text;

  KnownDifference(String text) {
    this.text = text;
  }

  /** For people, in a few words. */
  String text() {
    return text;
  }

  /** For programs and tables; of 12 characters at most, which no table cuts. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
