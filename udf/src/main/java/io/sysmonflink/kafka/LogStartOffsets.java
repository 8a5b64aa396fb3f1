package io.sysmonflink.kafka;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * Where partitions begin, by the fetches of one consumer. Kafka's client keeps that to itself, but
 * for a metric: {@code records-lead}, how far the position is ahead of the first offset. It is
 * renewed with every fetch that is handed on.
 *
 * <p>Made by Kafka's client, by its name.
 */
public final class LogStartOffsets implements MetricsReporter {

  private static final String LEAD = "records-lead";

  /**
   * The newest that this thread made. A consumer makes its metrics before its interceptors, in one
   * thread: so they find each other. Weak, so that no thread keeps the job's classes.
   */
  private static final ThreadLocal<WeakReference<LogStartOffsets>> NEWEST = new ThreadLocal<>();

  private final Map<TopicPartition, KafkaMetric> leads = new ConcurrentHashMap<>();

  /** Those of the consumer that this thread is making; null where its metrics are others. */
  static LogStartOffsets ofThisThread() {
    WeakReference<LogStartOffsets> newest = NEWEST.get();
    NEWEST.remove();
    return newest == null ? null : newest.get();
  }

  /**
   * The first offset of a partition at the last fetch of it.
   *
   * @param position of the consumer after that
   * @return {@link FetchedRecord#UNKNOWN} where there was none
   */
  long of(TopicPartition partition, long position) {
    KafkaMetric lead = leads.get(partition);
    double value = lead == null ? Double.NaN : ((Number) lead.metricValue()).doubleValue();
    return Double.isNaN(value) ? FetchedRecord.UNKNOWN : position - (long) value;
  }

  @Override
  public void configure(Map<String, ?> properties) {
    NEWEST.set(new WeakReference<>(this));
  }

  @Override
  public void init(List<KafkaMetric> metrics) {
    metrics.forEach(this::metricChange);
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    if (isLead(metric.metricName())) {
      leads.put(partition(metric.metricName()), metric);
    }
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    if (isLead(metric.metricName())) {
      leads.remove(partition(metric.metricName()), metric);
    }
  }

  private static boolean isLead(MetricName name) {
    return name.name().equals(LEAD)
        && name.tags().containsKey("topic")
        && name.tags().containsKey("partition");
  }

  private static TopicPartition partition(MetricName name) {
    return new TopicPartition(
        name.tags().get("topic"), Integer.parseInt(name.tags().get("partition")));
  }

  @Override
  public void close() {
    leads.clear();
  }
}
