package io.sysmonflink.functions;

import static io.sysmonflink.functions.InternalArguments.Parameter.INSTANT;
import static io.sysmonflink.functions.InternalArguments.Parameter.INTERVAL;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code TRAILING_STATS(timestamp, interval)}: {@code stats count min(_time) as firstTime
 * max(_time) as lastTime} over the trailing interval up to the group's newest event, as
 *
 * <pre>
 * ROW&lt;`count` BIGINT, firstTime TIMESTAMP_LTZ(3), lastTime TIMESTAMP_LTZ(3),
 *     activity ARRAY&lt;ROW&lt;`day` DATE, firstTime TIMESTAMP_LTZ(3), `count` BIGINT&gt;&gt;&gt;
 * </pre>
 *
 * <p>The window is {@code [floor_hour(newest - interval), newest]}, what a Splunk search with
 * {@code earliest=-14d@h} would have covered when the newest event came. An event that comes late
 * counts if it is inside. {@code activity} has an entry for each UTC day with events in the window,
 * ascending: the day, its first event in the window, its number of events.
 *
 * <p>The timestamp is a TIMESTAMP_LTZ of any precision, cut to milliseconds. NULL timestamps are
 * ignored; of a group that has nothing else, count is 0, the times are NULL and activity is empty.
 * The interval is of days or smaller units, positive and the same for all rows of a group: while
 * planning a literal is checked, else each row's is. Months have no fixed length and are an error.
 *
 * <p>State is bounded: see {@link HourlyBuckets}, at most 337 for 14 days. No watermark is needed.
 * Updates in the input cannot be taken back: it must be append-only.
 *
 * <p>One that is {@linkplain #measuredAs measured} as a detection's has metrics in the group {@code
 * sysmon.detection.NAME}: {@code matched}, the events that came, and, where the window trails,
 * {@code delay}, a histogram of how old an event was in milliseconds when it was counted; the last
 * 1,000 events count, and one from a clock that is ahead as 0.
 */
public final class TrailingStats extends AggregateFunction<RowData, HourlyBuckets> {

  private static final long serialVersionUID = 1L;

  private static final long DAY = 24 * HourlyBuckets.HOUR;

  private static final DataType RESULT =
      DataTypes.ROW(
              DataTypes.FIELD("count", DataTypes.BIGINT()),
              DataTypes.FIELD("firstTime", DataTypes.TIMESTAMP_LTZ(3)),
              DataTypes.FIELD("lastTime", DataTypes.TIMESTAMP_LTZ(3)),
              DataTypes.FIELD(
                  "activity",
                  DataTypes.ARRAY(
                      DataTypes.ROW(
                          DataTypes.FIELD("day", DataTypes.DATE()),
                          DataTypes.FIELD("firstTime", DataTypes.TIMESTAMP_LTZ(3)),
                          DataTypes.FIELD("count", DataTypes.BIGINT())))))
          .bridgedTo(RowData.class);

  private static final int DELAYS = 1000;

  private final boolean wholeRange;

  /** Under whose name to measure, or null. */
  private final String detection;

  private transient Counter matched;
  private transient Histogram delay;

  public TrailingStats() {
    this(false, null);
  }

  private TrailingStats(boolean wholeRange, String detection) {
    this.wholeRange = wholeRange;
    this.detection = detection;
  }

  /**
   * The function for a bounded run, whose own range is the window: it ignores the interval, and is
   * COUNT, MIN and MAX of all events. An hour with events costs 16 bytes, whatever the range.
   */
  public static TrailingStats wholeRange() {
    return new TrailingStats(true, null);
  }

  /** The same function with metrics under the name of a detection. */
  public TrailingStats measuredAs(String name) {
    return new TrailingStats(wholeRange, name);
  }

  @Override
  public void open(FunctionContext context) {
    if (detection != null) {
      MetricGroup metrics =
          context.getMetricGroup().addGroup("sysmon").addGroup("detection", detection);
      matched = metrics.counter("matched");
      if (!wholeRange) {
        delay = metrics.histogram("delay", new DescriptiveStatisticsHistogram(DELAYS));
      }
    }
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory typeFactory) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(
            InternalArguments.of(INSTANT, INTERVAL).check(TrailingStats::checkLiteral))
        .accumulatorTypeStrategy(
            call -> Optional.of(typeFactory.createDataType(HourlyBuckets.class).notNull()))
        .outputTypeStrategy(call -> Optional.of(RESULT))
        .build();
  }

  @Override
  public HourlyBuckets createAccumulator() {
    return new HourlyBuckets();
  }

  /** Called by Flink for each row; see the class. The interval is in milliseconds. */
  public void accumulate(HourlyBuckets buckets, TimestampData timestamp, Long interval) {
    if (!wholeRange) {
      setInterval(buckets, interval);
    }
    if (timestamp != null) {
      buckets.add(timestamp.getMillisecond());
      measure(timestamp.getMillisecond());
    }
  }

  private void measure(long time) {
    if (matched != null) {
      matched.inc();
    }
    if (delay != null) {
      delay.update(Math.max(0, System.currentTimeMillis() - time));
    }
  }

  /** Called by Flink where a group was aggregated in parts. */
  public void merge(HourlyBuckets buckets, Iterable<HourlyBuckets> others) {
    for (HourlyBuckets other : others) {
      if (other.interval > 0) {
        setInterval(buckets, other.interval);
      }
      buckets.addAll(other);
    }
  }

  @Override
  public RowData getValue(HourlyBuckets buckets) {
    long count = 0;
    List<GenericRowData> days = new ArrayList<>();
    int hour = 0;
    while (hour < buckets.size) {
      long first = buckets.firstTimes[hour];
      long day = Math.floorDiv(first, DAY);
      long ofDay = 0;
      while (hour < buckets.size && buckets.firstTimes[hour] < (day + 1) * DAY) {
        ofDay += buckets.counts[hour++];
      }
      days.add(
          GenericRowData.of(Math.toIntExact(day), TimestampData.fromEpochMillis(first), ofDay));
      count += ofDay;
    }
    boolean empty = buckets.size == 0;
    return GenericRowData.of(
        count,
        empty ? null : TimestampData.fromEpochMillis(buckets.firstTimes[0]),
        empty ? null : TimestampData.fromEpochMillis(buckets.newest),
        new GenericArrayData(days.toArray()));
  }

  private static void setInterval(HourlyBuckets buckets, Long interval) {
    if (interval == null || interval <= 0) {
      throw new IllegalArgumentException(notPositive(interval));
    }
    if (buckets.interval != interval) {
      if (buckets.interval != 0) {
        throw new IllegalArgumentException(
            "TRAILING_STATS: the interval must be the same for all rows of a group, but is "
                + Duration.ofMillis(buckets.interval)
                + " and "
                + Duration.ofMillis(interval)
                + ".");
      }
      buckets.interval = interval;
    }
  }

  private static void checkLiteral(CallContext call) {
    boolean isNull;
    boolean isLiteral;
    try {
      isNull = call.isArgumentNull(1);
      isLiteral = call.isArgumentLiteral(1);
    } catch (UnsupportedOperationException e) {
      // Once an aggregate is validated, the planner turns its literals into columns, and Flink's
      // context of the call (2.3) has no answer any more.
      return;
    }
    if (isNull) {
      throw call.newValidationError("%s", notPositive(null));
    }
    if (isLiteral) {
      call.getArgumentValue(1, Duration.class)
          .filter(interval -> interval.isZero() || interval.isNegative())
          .ifPresent(
              interval -> {
                throw call.newValidationError("%s", notPositive(interval.toMillis()));
              });
    }
  }

  private static String notPositive(Long interval) {
    return "TRAILING_STATS: the interval must be positive, but is "
        + (interval == null ? "NULL" : Duration.ofMillis(interval))
        + ".";
  }
}
