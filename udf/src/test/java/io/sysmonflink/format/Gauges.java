package io.sysmonflink.format;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps the gauges of a group and of those below it, by their full names. */
final class Gauges extends UnregisteredMetricsGroup {

  private final String prefix;
  private final Map<String, Gauge<?>> all;

  Gauges() {
    this("", new TreeMap<>());
  }

  private Gauges(String prefix, Map<String, Gauge<?>> all) {
    this.prefix = prefix;
    this.all = all;
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    all.put(prefix + name, gauge);
    return gauge;
  }

  @Override
  public MetricGroup addGroup(String name) {
    return new Gauges(prefix + name + ".", all);
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return addGroup(key).addGroup(value);
  }

  /** The values of those that begin so, and are not 0. */
  Map<String, Long> counts(String start) {
    Map<String, Long> counts = new TreeMap<>();
    all.forEach(
        (name, gauge) -> {
          if (name.startsWith(start) && !gauge.getValue().equals(0L)) {
            counts.put(name.substring(start.length()), (Long) gauge.getValue());
          }
        });
    return counts;
  }
}
