package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.SearchWindow;
import java.time.Instant;

/** What {@code --from}, {@code --to} and {@code --days} mean together; each may be null. */
final class SearchRange {

  private static final int MAX_DAYS = 36_500;

  private SearchRange() {}

  /**
   * The range they name; what none of them says is open.
   *
   * @throws UserError if they contradict each other or name nothing
   */
  static SearchWindow of(Instant from, Instant to, Integer days, Instant now) {
    if (days == null) {
      return new SearchWindow(
          from == null ? SearchWindow.all().earliest() : from,
          to == null ? SearchWindow.all().latest() : to);
    }
    if (from != null) {
      throw new UserError("--from and --days exclude each other");
    }
    if (days < 1 || days > MAX_DAYS) {
      throw new UserError("--days " + days + ": must be a number from 1 to " + MAX_DAYS);
    }
    return SearchWindow.lastDays(days, to == null ? now : to);
  }
}
