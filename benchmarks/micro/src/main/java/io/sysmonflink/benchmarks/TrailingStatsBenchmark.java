package io.sysmonflink.benchmarks;

import io.sysmonflink.functions.HourlyBuckets;
import io.sysmonflink.functions.TrailingStats;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code TRAILING_STATS}, without what Flink's state costs: an event every ten seconds into a group
 * that has one in each hour of 14 days, and groups of one event. Live jobs ask for the value after
 * each event, bounded ones once for each group.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrailingStatsBenchmark {

  private static final long HOUR = 3_600_000;
  private static final Long INTERVAL = 14 * 24 * HOUR;

  private final TrailingStats live = new TrailingStats();
  private final TrailingStats bounded = TrailingStats.wholeRange();
  private HourlyBuckets liveGroup;
  private HourlyBuckets boundedGroup;
  private long time;
  private int events;

  @Setup
  public void fill() {
    liveGroup = live.createAccumulator();
    boundedGroup = bounded.createAccumulator();
    time = EventTime.of(SysmonLog.FROM) / EventTime.MILLISECOND;
    for (int hour = 0; hour <= 336; hour++) {
      live.accumulate(liveGroup, TimestampData.fromEpochMillis(time), INTERVAL);
      bounded.accumulate(boundedGroup, TimestampData.fromEpochMillis(time), INTERVAL);
      time += HOUR;
    }
    time -= HOUR;
  }

  private TimestampData next() {
    time += 10_000;
    return TimestampData.fromEpochMillis(time);
  }

  /** Within the 14 days, which a bounded run does not leave. */
  private TimestampData nextInRange() {
    return TimestampData.fromEpochMillis(time - events++ % 120_000 * 10_000L);
  }

  @Benchmark
  public HourlyBuckets liveSteadyGroup() {
    live.accumulate(liveGroup, next(), INTERVAL);
    return liveGroup;
  }

  @Benchmark
  public RowData liveSteadyGroupAndItsValue() {
    live.accumulate(liveGroup, next(), INTERVAL);
    return live.getValue(liveGroup);
  }

  @Benchmark
  public RowData liveNewGroupAndItsValue() {
    HourlyBuckets group = live.createAccumulator();
    live.accumulate(group, next(), INTERVAL);
    return live.getValue(group);
  }

  @Benchmark
  public HourlyBuckets boundedSteadyGroup() {
    bounded.accumulate(boundedGroup, nextInRange(), INTERVAL);
    return boundedGroup;
  }

  @Benchmark
  public RowData boundedNewGroupAndItsValue() {
    HourlyBuckets group = bounded.createAccumulator();
    bounded.accumulate(group, next(), INTERVAL);
    return bounded.getValue(group);
  }
}
