package io.sysmonflink.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.Test;

class TrailingStatsTest {

  private static final Duration FORTNIGHT = Duration.ofDays(14);

  /** What the function should say, kept as a list of all events and counted anew. */
  record Stats(long count, Instant firstTime, Instant lastTime, List<Day> activity) {

    static Stats of(List<Instant> events, Duration interval) {
      if (events.isEmpty()) {
        return new Stats(0, null, null, List.of());
      }
      Instant newest = events.stream().max(Instant::compareTo).get();
      Instant from =
          interval == null ? Instant.MIN : newest.minus(interval).truncatedTo(ChronoUnit.HOURS);
      List<Instant> inside = events.stream().filter(e -> !e.isBefore(from)).sorted().toList();
      TreeMap<LocalDate, List<Instant>> days = new TreeMap<>();
      for (Instant event : inside) {
        days.computeIfAbsent(LocalDate.ofInstant(event, ZoneOffset.UTC), d -> new ArrayList<>())
            .add(event);
      }
      List<Day> activity = new ArrayList<>();
      days.forEach((day, of) -> activity.add(new Day(day, of.get(0), of.size())));
      return new Stats(inside.size(), inside.get(0), newest, activity);
    }

    static Stats of(RowData row) {
      ArrayData days = row.getArray(3);
      List<Day> activity = new ArrayList<>();
      for (int i = 0; i < days.size(); i++) {
        RowData day = days.getRow(i, 3);
        activity.add(
            new Day(
                LocalDate.ofEpochDay(day.getInt(0)),
                day.getTimestamp(1, 3).toInstant(),
                day.getLong(2)));
      }
      return new Stats(
          row.getLong(0),
          row.isNullAt(1) ? null : row.getTimestamp(1, 3).toInstant(),
          row.isNullAt(2) ? null : row.getTimestamp(2, 3).toInstant(),
          activity);
    }
  }

  record Day(LocalDate day, Instant firstTime, long count) {}

  record Run(List<Instant> events, Duration interval) {}

  @Property
  void each_result_is_that_of_a_search_at_that_event(@ForAll("runs") Run run) {
    TrailingStats function = new TrailingStats();
    HourlyBuckets buckets = function.createAccumulator();
    long mostBuckets = run.interval.plusHours(1).minusMillis(1).toHours() + 1;
    for (int i = 0; i < run.events.size(); i++) {
      accumulate(function, buckets, run.events.get(i), run.interval);
      Stats expected = Stats.of(run.events.subList(0, i + 1), run.interval);
      assertThat(Stats.of(function.getValue(buckets))).isEqualTo(expected);
      assertThat((long) buckets.size).isLessThanOrEqualTo(mostBuckets);
      if (i == run.events.size() - 1) {
        Statistics.collect(expected.count < run.events.size() ? "some too old" : "all inside");
      }
    }
  }

  @Property
  void the_whole_range_is_count_min_and_max(@ForAll("runs") Run run) {
    TrailingStats function = TrailingStats.wholeRange();
    HourlyBuckets buckets = function.createAccumulator();
    run.events.forEach(e -> accumulate(function, buckets, e, run.interval));
    assertThat(Stats.of(function.getValue(buckets))).isEqualTo(Stats.of(run.events, null));
  }

  @Property
  void parts_merge_to_the_whole(
      @ForAll("runs") Run run,
      @ForAll @IntRange(min = 1, max = 5) int parts,
      @ForAll boolean wholeRange,
      @ForAll long seed) {
    TrailingStats function = wholeRange ? TrailingStats.wholeRange() : new TrailingStats();
    Random random = new Random(seed);
    List<HourlyBuckets> buckets = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      buckets.add(function.createAccumulator());
    }
    for (Instant event : run.events) {
      accumulate(function, buckets.get(random.nextInt(parts)), event, run.interval);
    }
    List<RowData> before = buckets.stream().map(function::getValue).toList();

    // Either all at once or one after the other, each into the sum of those before.
    HourlyBuckets merged = random.nextBoolean() ? function.createAccumulator() : buckets.get(0);
    List<HourlyBuckets> rest = buckets.subList(merged == buckets.get(0) ? 1 : 0, parts);
    if (random.nextBoolean()) {
      function.merge(merged, rest);
    } else {
      rest.forEach(part -> function.merge(merged, List.of(part)));
    }

    Duration window = wholeRange ? null : run.interval;
    assertThat(Stats.of(function.getValue(merged))).isEqualTo(Stats.of(run.events, window));
    for (int i = 0; i < parts; i++) {
      if (buckets.get(i) != merged) {
        assertThat(function.getValue(buckets.get(i))).isEqualTo(before.get(i));
      }
    }

    // What was merged shares no array with its parts.
    Instant last = Instant.parse("2100-01-01T00:00:00Z");
    accumulate(function, merged, last, run.interval);
    rest.forEach(
        part -> assertThat(function.getValue(part)).isEqualTo(before.get(buckets.indexOf(part))));
  }

  @Provide
  Arbitrary<Run> runs() {
    // Around the epoch, around a day's edge and around now; the steps lie on and beside full hours.
    Arbitrary<Instant> bases =
        Arbitraries.of(
            Instant.EPOCH,
            Instant.parse("1969-12-25T23:00:00Z"),
            Instant.parse("2024-02-29T00:00:00Z"));
    Arbitrary<Long> steps =
        Combinators.combine(
                Arbitraries.integers().between(-400, 400),
                Arbitraries.of(0L, 0L, 1L, -1L, 1_799_999L, 3_599_999L))
            .as((hour, millis) -> hour * HourlyBuckets.HOUR + millis);
    Arbitrary<Duration> intervals =
        Arbitraries.of(
            Duration.ofMillis(1),
            Duration.ofMinutes(90),
            Duration.ofHours(1),
            Duration.ofDays(1),
            FORTNIGHT);
    return Combinators.combine(bases, steps.list().ofMinSize(1).ofMaxSize(60), intervals)
        .as((base, list, i) -> new Run(list.stream().map(base::plusMillis).toList(), i));
  }

  @Test
  void fourteen_days_of_every_hour_take_337_buckets() {
    TrailingStats function = new TrailingStats();
    HourlyBuckets buckets = function.createAccumulator();
    Instant start = Instant.parse("2024-01-01T00:30:00Z");
    for (int hour = 0; hour < 2000; hour++) {
      accumulate(function, buckets, start.plus(hour, ChronoUnit.HOURS), FORTNIGHT);
    }
    assertThat(buckets.size).isEqualTo(337);
    assertThat(buckets.firstTimes.length).isLessThan(337 * 3 / 2 + 1);
    assertThat(buckets.counts).hasSameSizeAs(buckets.firstTimes);
  }

  @Test
  void the_window_begins_at_a_full_hour_inclusive() {
    Instant newest = Instant.parse("2024-01-15T10:59:59.999Z");
    Instant edge = Instant.parse("2024-01-01T10:00:00Z");
    for (List<Instant> order : List.of(List.of(edge, newest), List.of(newest, edge))) {
      assertThat(stats(order).count).isEqualTo(2);
    }
    Instant before = edge.minusMillis(1);
    for (List<Instant> order : List.of(List.of(before, newest), List.of(newest, before))) {
      assertThat(stats(order).count).isEqualTo(1);
    }
  }

  @Test
  void null_timestamps_are_ignored() {
    TrailingStats function = new TrailingStats();
    HourlyBuckets buckets = function.createAccumulator();
    accumulate(function, buckets, null, FORTNIGHT);
    assertThat(Stats.of(function.getValue(buckets))).isEqualTo(Stats.of(List.of(), FORTNIGHT));
    Instant event = Instant.parse("1960-01-01T00:00:00Z");
    accumulate(function, buckets, event, FORTNIGHT);
    accumulate(function, buckets, null, FORTNIGHT);
    assertThat(Stats.of(function.getValue(buckets))).isEqualTo(Stats.of(List.of(event), FORTNIGHT));
  }

  @Test
  void the_fraction_beyond_milliseconds_is_cut_downwards() {
    assertThat(stats(Arrays.asList(Instant.parse("1969-12-31T23:59:59.999999999Z"))).firstTime)
        .isEqualTo("1969-12-31T23:59:59.999Z");
  }

  @Test
  void an_interval_that_is_not_positive_or_not_constant_is_refused() {
    TrailingStats function = new TrailingStats();
    TimestampData now = TimestampData.fromEpochMillis(0);
    for (Long wrong : Arrays.asList(null, 0L, -1L)) {
      HourlyBuckets fresh = function.createAccumulator();
      assertThatThrownBy(() -> function.accumulate(fresh, now, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be positive");
    }
    HourlyBuckets hours = function.createAccumulator();
    function.accumulate(hours, now, 3_600_000L);
    assertThatThrownBy(() -> function.accumulate(hours, now, 7_200_000L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT1H and PT2H");
    HourlyBuckets others = function.createAccumulator();
    function.accumulate(others, now, 7_200_000L);
    assertThatThrownBy(() -> function.merge(hours, List.of(others)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same for all rows");
  }

  private static Stats stats(List<Instant> events) {
    TrailingStats function = new TrailingStats();
    HourlyBuckets buckets = function.createAccumulator();
    events.forEach(e -> accumulate(function, buckets, e, FORTNIGHT));
    return Stats.of(function.getValue(buckets));
  }

  private static void accumulate(
      TrailingStats function, HourlyBuckets buckets, Instant event, Duration interval) {
    function.accumulate(
        buckets, event == null ? null : TimestampData.fromInstant(event), interval.toMillis());
  }
}
