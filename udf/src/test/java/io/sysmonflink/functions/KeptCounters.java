package io.sysmonflink.functions;

import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** A reporter that keeps what the counters of the package's functions say, also after their job. */
public final class KeptCounters implements MetricReporter {

  private static final Map<String, Counter> COUNTERS = new ConcurrentHashMap<>();

  /** By which Flink finds it. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new KeptCounters();
    }
  }

  /** Forgets all, and gives what makes a job report here. */
  static Configuration configuration() {
    COUNTERS.clear();
    return Configuration.fromMap(
        Map.of("metrics.reporter.kept.factory.class", Factory.class.getName()));
  }

  /** The values, by what follows {@code sysmon.} in the name. */
  static SortedMap<String, Long> values() {
    SortedMap<String, Long> values = new TreeMap<>();
    COUNTERS.forEach((name, counter) -> values.put(name, counter.getCount()));
    return values;
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    String full = group.getMetricIdentifier(name);
    if (metric instanceof Counter counter && full.contains(".sysmon.")) {
      COUNTERS.put(full.substring(full.indexOf(".sysmon.") + 8), counter);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
