package io.sysmonflink.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The functions that see every event, or every one that matches; by the event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FunctionsBenchmark {

  private static final int EVENTS = 1000;
  private static final long DAY = 24 * 3_600_000L;

  private static final List<WildcardPattern> PATTERNS =
      List.of(
              "*pastebin*",
              "*textbin*",
              "*ngrok.io*",
              "*discord*",
              "*duckdns.org*",
              "*pasteio.com*")
          .stream()
          .map(WildcardPattern::compile)
          .toList();

  private final WildcardPatterns together = new WildcardPatterns(PATTERNS);
  private final TrailingStats trailing = new TrailingStats();

  private final byte[][] names =
      IntStream.range(0, EVENTS)
          .mapToObj(i -> "r%d---sn-%08x.cdn.example.net".formatted(i % 20, i * 0x9E3779B9))
          .map(name -> name.getBytes(UTF_8))
          .toArray(byte[][]::new);

  /** A group with an event each twenty minutes of 14 days. */
  private final TimestampData[] times =
      IntStream.range(0, EVENTS)
          .mapToObj(i -> TimestampData.fromEpochMillis(1_731_283_200_000L + i * 14 * DAY / EVENTS))
          .toArray(TimestampData[]::new);

  /** WILDCARD_IN over the names of the first detection, as it is. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void wildcardIn(Blackhole matched) {
    for (byte[] name : names) {
      matched.consume(together.anyMatches(WildcardPattern.fold(name)));
    }
  }

  /** The plain twin: a pattern after the other. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void wildcardInPatternByPattern(Blackhole matched) {
    for (byte[] name : names) {
      byte[] folded = WildcardPattern.fold(name);
      boolean any = false;
      for (WildcardPattern pattern : PATTERNS) {
        any |= pattern.matches(folded);
      }
      matched.consume(any);
    }
  }

  /** TRAILING_STATS as in a backfill: every event, then one result. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public RowData trailingStatsOnce() {
    HourlyBuckets group = trailing.createAccumulator();
    for (TimestampData time : times) {
      trailing.accumulate(group, time, 14 * DAY);
    }
    return trailing.getValue(group);
  }

  /** TRAILING_STATS as in a live run without mini-batches: a result after each event. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void trailingStatsEach(Blackhole results) {
    HourlyBuckets group = trailing.createAccumulator();
    for (TimestampData time : times) {
      trailing.accumulate(group, time, 14 * DAY);
      results.consume(trailing.getValue(group));
    }
  }
}
