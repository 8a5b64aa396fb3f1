package io.sysmonflink.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Transactions that have not ended, and whose they are. */
public final class OpenTransactions {

  private final Admin admin;

  public OpenTransactions(PartitionOffsets offsets) {
    this.admin = offsets.admin();
  }

  /** A line for each partition of which a reader of committed records leaves something out. */
  public List<String> describe(PartitionOffsets.Ends ends) {
    List<String> lines = new ArrayList<>();
    ends.open()
        .forEach(
            (partition, more) ->
                lines.add(
                    "topic %s, partition %d: %d offsets from %d on are not read, as a transaction is open there%s"
                        .formatted(
                            partition.topic(),
                            partition.partition(),
                            more,
                            ends.stable().get(partition),
                            writers(partition))));
    return lines;
  }

  // More than a help to find it; who may not ask for it does without.
  private String writers(TopicPartition partition) {
    try {
      List<ProducerState> open =
          admin
              .describeProducers(Set.of(partition))
              .partitionResult(partition)
              .get()
              .activeProducers()
              .stream()
              .filter(producer -> producer.currentTransactionStartOffset().isPresent())
              .toList();
      if (open.isEmpty()) {
        return "";
      }
      Map<Long, String> names = names(open.stream().map(ProducerState::producerId).toList());
      return open.stream()
          .map(
              producer ->
                  "%s last wrote at %s"
                      .formatted(
                          names.getOrDefault(
                              producer.producerId(), "producer " + producer.producerId()),
                          Instant.ofEpochMilli(producer.lastTimestamp())))
          .collect(Collectors.joining("; ", ": ", ""));
    } catch (ExecutionException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private Map<Long, String> names(Collection<Long> producers) throws InterruptedException {
    try {
      return admin
          .listTransactions(new ListTransactionsOptions().filterProducerIds(producers))
          .all()
          .get()
          .stream()
          .collect(
              Collectors.toMap(
                  TransactionListing::producerId,
                  transaction -> "transactional id " + transaction.transactionalId(),
                  (one, other) -> one));
    } catch (ExecutionException e) {
      return Map.of();
    }
  }

  /** The ids of those that are open and have an id that begins so, with a number behind. */
  KafkaFuture<List<String>> of(Collection<String> prefixes) {
    return admin
        .listTransactions(
            new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
        .all()
        .thenApply(
            open ->
                open.stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> prefixes.stream().anyMatch(p -> id.startsWith(p + "-")))
                    .sorted()
                    .toList());
  }
}
