package io.sysmonflink.jobs.diff;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to say of a comparison as a whole. */
final class Notes {

  private static final int MAX_COLUMNS_NAMED = 10;

  private Notes() {}

  /**
   * Whether an export of so many rows looks like one that ended at a limit: 100 is what Splunk's
   * REST interface gives unless asked for more, 10,000 what sort and mails keep, 50,000 the usual
   * maxresultrows; and limits that a site sets are round.
   */
  static boolean isCutOff(int rows) {
    return rows > 0 && (rows == 100 || rows == 1_000 || rows % 10_000 == 0);
  }

  static List<String> of(
      Differences differences,
      Optional<TimeShift> shift,
      boolean cutOff,
      long deadLetters,
      ZoneId zone) {
    List<String> notes = new ArrayList<>();
    List<String> ignored = differences.export().ignored();
    if (!ignored.isEmpty()) {
      String named =
          String.join(", ", ignored.subList(0, Math.min(ignored.size(), MAX_COLUMNS_NAMED)));
      int more = ignored.size() - MAX_COLUMNS_NAMED;
      notes.add(
          "columns of the export that are not compared: %s%s"
              .formatted(named, more > 0 ? " and %d more".formatted(more) : ""));
    }
    shift.ifPresent(s -> notes.add(shift(s, zone)));
    if (cutOff) {
      notes.add(
          "the export has exactly %,d rows and may have been cut off there: see the limits of Splunk's exports"
              .formatted(differences.export().rows().size()));
    }
    if (deadLetters > 0 && !differences.onlyInSplunk().isEmpty()) {
      notes.add(
          "the run could not read %,d of its records (dead_letter): what is only in Splunk may be among them"
              .formatted(deadLetters));
    }
    if (differences.rowsHere() == 0) {
      notes.add("the run has no rows of this detection");
    }
    return notes;
  }

  private static String shift(TimeShift shift, ZoneId zone) {
    String direction = shift.most().isNegative() ? "behind" : "ahead of";
    String by = "most times of the export are %s %s ours".formatted(amount(shift), direction);
    if (!zone.equals(ZoneOffset.UTC)) {
      return by + ", although read in %s: is that the zone of the Splunk user?".formatted(zone);
    }
    return shift.isOfTwoSeasons()
        ? by
            + " or an hour from that: give the zone of the Splunk user, as --time-zone=Europe/Berlin"
        : by + ": give the zone of the Splunk user, by its name or as --time-zone=" + shift.zone();
  }

  private static String amount(TimeShift shift) {
    long minutes = shift.most().abs().toMinutes();
    return "%d:%02d h".formatted(minutes / 60, minutes % 60);
  }
}
