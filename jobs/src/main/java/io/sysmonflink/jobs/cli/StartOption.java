package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a live run starts.
 *
 * @param window the events that count
 * @param kafkaMode a startup mode of the Kafka connector, or none where the window says it
 */
record StartOption(SearchWindow window, Optional<String> kafkaMode) {

  private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})d");

  /**
   * Reads the value of {@code --start}.
   *
   * @throws UserError if it is none of its forms
   */
  static StartOption of(String text, Instant now) {
    if (text.equals("earliest") || text.equals("latest")) {
      return new StartOption(SearchWindow.all(), Optional.of(text + "-offset"));
    }
    Matcher days = DAYS.matcher(text);
    if (days.matches()) {
      Instant earliest = SearchWindow.lastDays(Integer.parseInt(days.group(1)), now).earliest();
      return new StartOption(SearchWindow.from(earliest), Optional.empty());
    }
    try {
      return new StartOption(SearchWindow.from(new TimeOption().convert(text)), Optional.empty());
    } catch (TypeConversionException e) {
      throw new UserError(
          "--start " + text + ": must be a number of days like 14d, earliest, latest, or a time",
          e);
    }
  }
}
