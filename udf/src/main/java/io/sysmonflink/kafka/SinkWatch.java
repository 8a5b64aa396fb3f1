package io.sysmonflink.kafka;

import java.util.Collection;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees, before a new job's sinks begin, that transactions under their ids are open: another job
 * writes under them, and each would end the other's.
 */
final class SinkWatch {

  private static final Logger LOG = LoggerFactory.getLogger(SinkWatch.class);

  /** Nothing else of the job starts meanwhile. */
  private static final int TIMEOUT_SECONDS = 5;

  private SinkWatch() {}

  /**
   * Looks once, and reports what it finds.
   *
   * @param prefixes what the sinks' ids begin with
   */
  static void look(
      Properties client, Collection<String> prefixes, SplitEnumeratorMetricGroup metrics) {
    Counter others = metrics.addGroup("sysmon").counter("otherTransactions");
    if (prefixes.isEmpty()) {
      return;
    }
    try (PartitionOffsets offsets = new PartitionOffsets(client)) {
      new OpenTransactions(offsets)
          .of(prefixes)
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .forEach(
              id -> {
                others.inc();
                Notice.say(
                    ("a transaction with the id %s is open: if another live job writes under it, each ends the"
                            + " other's, so give one another --transactional-id-prefix; one that a job left that"
                            + " was killed does no harm")
                        .formatted(id));
              });
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.info("open transactions cannot be looked at", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
