package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlToken;
import io.sysmonflink.jobs.catalog.SqlToken.Kind;
import io.sysmonflink.jobs.catalog.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far the window of a live row trails behind the group's newest event, as the detection's SQL
 * says in {@code TRAILING_STATS(_time, INTERVAL '14' DAY)}.
 *
 * @param sql the interval as SQL
 * @param length the same
 */
public record TrailingInterval(String sql, Duration length) {

  private static final Map<String, Duration> UNITS =
      Map.of(
          "DAY", Duration.ofDays(1),
          "HOUR", Duration.ofHours(1),
          "MINUTE", Duration.ofMinutes(1),
          "SECOND", Duration.ofSeconds(1));

  /**
   * The interval of a query, or nothing where it calls no TRAILING_STATS.
   *
   * <p>It is read from the text: a plan has it only behind Flink's internal classes, and the parser
   * is out of a job's reach on a cluster.
   *
   * @param file where the query stands
   * @param sql the query with its keys replaced
   * @throws UserError if it asks for several, or for one in another form than {@code INTERVAL 'n'
   *     UNIT}
   */
  static Optional<TrailingInterval> of(SqlFile file, String sql) {
    List<SqlToken> tokens =
        SqlToken.of(sql).stream().filter(token -> token.kind() != Kind.COMMENT).toList();
    Map<Duration, TrailingInterval> found = new TreeMap<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).isWord("TRAILING_STATS") && tokens.get(i + 1).isSymbol("(")) {
        int line = SqlToken.lineOf(sql, tokens.get(i).start());
        TrailingInterval interval =
            ofArgument(lastArgument(tokens.subList(i + 2, tokens.size())))
                .orElseThrow(
                    () ->
                        file.errorAt(
                            line,
                            "TRAILING_STATS: its interval must be written as INTERVAL '14' DAY (or HOUR, MINUTE,"
                                + " SECOND): a live run tells with each row what it covers"));
        found.put(interval.length, interval);
        if (found.size() > 1) {
          throw file.errorAt(line, "TRAILING_STATS: all intervals of a detection must be the same");
        }
      }
    }
    return found.values().stream().findFirst();
  }

  /** What follows the last comma of a call. */
  private static List<SqlToken> lastArgument(List<SqlToken> tokens) {
    int depth = 0;
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol("(")) {
        depth++;
      } else if (token.isSymbol(")") && --depth < 0) {
        return tokens.subList(start, i);
      } else if (depth == 0 && token.isSymbol(",")) {
        start = i + 1;
      }
    }
    return List.of();
  }

  // INTERVAL '14' DAY, or INTERVAL '100' DAY(3)
  private static Optional<TrailingInterval> ofArgument(List<SqlToken> tokens) {
    boolean precision =
        tokens.size() == 6 && tokens.get(3).isSymbol("(") && tokens.get(5).isSymbol(")");
    if ((tokens.size() != 3 && !precision)
        || !tokens.get(0).isWord("INTERVAL")
        || !tokens.get(1).text().matches("'\\d{1,9}'")) {
      return Optional.empty();
    }
    Duration unit = UNITS.get(tokens.get(2).text().toUpperCase(Locale.ROOT));
    if (unit == null) {
      return Optional.empty();
    }
    long number = Long.parseLong(tokens.get(1).text().replace("'", ""));
    String sql = String.join(" ", tokens.stream().map(SqlToken::text).toList());
    return Optional.of(new TrailingInterval(sql, unit.multipliedBy(number)));
  }
}
