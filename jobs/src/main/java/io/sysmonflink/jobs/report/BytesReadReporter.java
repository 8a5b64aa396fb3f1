package io.sysmonflink.jobs.report;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Knows how many bytes the source of an embedded run has read: Flink hands the metrics of a job
 * that runs in the same process to metric reporters only. As Flink makes them itself, a run finds
 * its own by a name.
 */
public final class BytesReadReporter implements MetricReporter {

  private static final String NAME = "name";
  private static final String TASK = "<task_name>";
  private static final String SOURCE = "Source: windows_events";

  private static final Map<String, BytesReadReporter> BY_NAME = new ConcurrentHashMap<>();

  private final Set<Counter> counters = ConcurrentHashMap.newKeySet();

  /** Has Flink make a reporter of this name. */
  static void configure(Configuration flink, String name) {
    String prefix = "metrics.reporter." + name + ".";
    flink.setString(prefix + "factory.class", Factory.class.getName());
    flink.setString(prefix + NAME, name);
  }

  /** What the sources of the named run have read so far, in bytes as they are stored. */
  static long bytesRead(String name) {
    BytesReadReporter reporter = BY_NAME.get(name);
    return reporter == null ? 0 : reporter.counters.stream().mapToLong(Counter::getCount).sum();
  }

  @Override
  public void open(MetricConfig config) {
    BY_NAME.put(config.getString(NAME, ""), this);
  }

  @Override
  public void close() {
    BY_NAME.values().remove(this);
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String metricName, MetricGroup group) {
    if (metricName.equals("numBytesIn")
        && metric instanceof Counter counter
        && group.getAllVariables().getOrDefault(TASK, "").startsWith(SOURCE)) {
      counters.add(counter);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String metricName, MetricGroup group) {
    // What a finished task has read stays read.
  }

  /** Found by Flink through the service loader. */
  public static final class Factory implements MetricReporterFactory {

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new BytesReadReporter();
    }
  }
}
