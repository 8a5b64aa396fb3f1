package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.sql.SqlSyntax;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlIntervalQualifier;

/**
 * How far the window of a live row trails behind the group's newest event, as the detection's SQL
 * says in {@code TRAILING_STATS(_time, INTERVAL '14' DAY)}.
 *
 * @param sql the interval as SQL
 * @param length the same
 */
public record TrailingInterval(String sql, Duration length) {

  private static final String FUNCTION = "TRAILING_STATS";

  private static final Map<TimeUnit, Duration> UNITS =
      Map.of(
          TimeUnit.DAY, Duration.ofDays(1),
          TimeUnit.HOUR, Duration.ofHours(1),
          TimeUnit.MINUTE, Duration.ofMinutes(1),
          TimeUnit.SECOND, Duration.ofSeconds(1));

  /**
   * The interval of a query, or nothing where it calls no TRAILING_STATS.
   *
   * @param file where the query stands
   * @param sql the query with its keys replaced
   * @throws UserError if it asks for several, or for one in another form than {@code INTERVAL 'n'
   *     UNIT}
   */
  static Optional<TrailingInterval> of(SqlFile file, String sql) {
    Map<Duration, TrailingInterval> found = new TreeMap<>();
    for (SqlBasicCall call : SqlSyntax.all(file.parse(sql), SqlBasicCall.class)) {
      if (SqlSyntax.isCall(call, FUNCTION)) {
        int line = call.getParserPosition().getLineNum();
        TrailingInterval interval =
            ofCall(call)
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

  // INTERVAL '14' DAY, or INTERVAL '100' DAY(3)
  private static Optional<TrailingInterval> ofCall(SqlBasicCall call) {
    if (call.operandCount() < 2
        || !(call.operand(call.operandCount() - 1) instanceof SqlIntervalLiteral literal)) {
      return Optional.empty();
    }
    IntervalValue interval = literal.getValueAs(IntervalValue.class);
    SqlIntervalQualifier qualifier = interval.getIntervalQualifier();
    Duration unit = qualifier.isSingleDatetimeField() ? UNITS.get(qualifier.getUnit()) : null;
    if (unit == null
        || interval.getSign() < 0
        || !interval.getIntervalLiteral().matches("\\d{1,9}")) {
      return Optional.empty();
    }
    long number = Long.parseLong(interval.getIntervalLiteral());
    return Optional.of(new TrailingInterval(SqlSyntax.sql(literal), unit.multipliedBy(number)));
  }
}
